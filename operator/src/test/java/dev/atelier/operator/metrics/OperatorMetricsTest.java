package dev.atelier.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.shared.StageTimes;
import dev.atelier.operator.testing.Words;
import dev.atelier.stage.Stage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorMetricsTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StageMetrics stages = new StageMetrics(registry);
  private final ErasureMetrics erasures =
      new ErasureMetrics(registry, Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  void prometheusSeesTheNamesThatTheReferenceLists() {
    everything();

    var names =
        registry
            .scrape()
            .lines()
            .filter(line -> line.startsWith("# TYPE atelier_"))
            .map(line -> line.split(" ")[2].replaceAll("_max$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    var listed =
        Arrays.stream(OperatorMetric.values())
            .filter(metric -> metric != OperatorMetric.API_CALLS)
            .map(metric -> metric.description().prometheusName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).isEqualTo(listed);
  }

  @Test
  void aStageIsCountedWithItsTimes() {
    everything();

    assertThat(registry.scrape())
        .contains(
            "atelier_stages_total{kind=\"HeadshotModel\",result=\"Succeeded\",stage=\"Train\"} 1.0")
        .contains("atelier_queue_duration_seconds_sum{kind=\"HeadshotModel\",stage=\"Train\"} 20.0")
        .contains(
            "atelier_queue_duration_seconds_bucket{kind=\"HeadshotModel\",stage=\"Train\",le=\"60.0\"} 1")
        .contains("atelier_gpu_seconds_total{kind=\"HeadshotModel\",stage=\"Train\"} 600.0")
        .contains(
            "atelier_retries_total{adjustment=\"HalfBatch\",kind=\"HeadshotModel\",stage=\"Train\"} 1.0");
  }

  @Test
  void photosAreCountedByVerdictAndTheCutRestAsOther() {
    stages.said("HeadshotModel", Stage.INTAKE, Words.photos().orElseThrow());

    assertThat(registry.scrape())
        .contains("atelier_photos_total{verdict=\"Usable\"} 14.0")
        .contains("atelier_photos_total{verdict=\"SeveralFaces\"} 1.0")
        .contains("atelier_photos_total{verdict=\"Other\"} 1.0");
  }

  @Test
  void clipsAreNoPhotos() {
    stages.said("VideoGenerator", Stage.PREPARE_VIDEO, Words.clips().orElseThrow());

    assertThat(registry.scrape())
        .contains("atelier_clips_total{verdict=\"Usable\"} 5.0")
        .contains("atelier_clips_total{verdict=\"Static\"} 1.0")
        .contains("atelier_clips_total{verdict=\"Other\"} 2.0")
        .doesNotContain("atelier_photos_total");
  }

  @Test
  void theOldestErasureHasAnAgeUntilItIsDone() {
    assertThat(registry.scrape()).contains("atelier_erase_age_seconds 0.0");
    erasures.pending("a", NOON.minusSeconds(60));
    erasures.pending("b", NOON.minusSeconds(90));
    erasures.pending("b", NOON);
    assertThat(registry.scrape()).contains("atelier_erase_age_seconds 90.0");

    erasures.ended("HeadshotModel", "b", "Erased");
    erasures.ended("HeadshotModel", "a", "Forced");

    assertThat(registry.scrape())
        .contains("atelier_erase_age_seconds 0.0")
        .contains("atelier_erasures_total{kind=\"HeadshotModel\",result=\"Forced\"} 1.0");
  }

  @Test
  void noMetricNamesAResource() {
    assertThat(OperatorMetric.values())
        .flatExtracting(metric -> metric.description().labels())
        .doesNotContain("name", "namespace", "uid", "pod");
  }

  @Test
  void aForgottenLabelIsAnError() {
    assertThatThrownBy(() -> new Meters(registry).count(OperatorMetric.RUNS, 1, "HeadshotModel"))
        .hasMessageContaining("RUNS has labels [kind, result], not 1 values");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /apis/atelier.dev/v1alpha1/headshotmodels, , list, atelier.dev, headshotmodels",
    "GET, /api/v1/pods, watch=true, watch, '', pods",
    "PATCH, /apis/atelier.dev/v1alpha1/namespaces/a/headshotmodels/x/status, , patch, atelier.dev, headshotmodels/status",
    "POST, /api/v1/namespaces/a/events, , create, '', events",
    "DELETE, /apis/batch/v1/namespaces/a/jobs/x, , delete, batch, jobs",
    "DELETE, /apis/batch/v1/namespaces/a/jobs, , deletecollection, batch, jobs",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/a/leases/x, , update, coordination.k8s.io, leases",
    "GET, /api/v1/namespaces/a, , get, '', namespaces",
  })
  void aRequestIsToldInTheWordsOfRbac(
      String method, String path, String query, String verb, String group, String resource) {
    assertThat(ApiCall.of(method, path, query == null ? "" : query))
        .hasValue(new ApiCall(verb, group, resource));
  }

  @Test
  void discoveryIsNoResource() {
    assertThat(ApiCall.of("GET", "/api/v1", "")).isEmpty();
    assertThat(ApiCall.of("GET", "/apis/batch/v1", "")).isEmpty();
    assertThat(ApiCall.of("GET", "/version", "")).isEmpty();
  }

  private void everything() {
    stages.stageEnded(
        "HeadshotModel",
        Stage.TRAIN,
        StageMetrics.SUCCEEDED,
        Optional.of(new StageTimes(Duration.ofSeconds(20), Duration.ofSeconds(600))));
    stages.runEnded("HeadshotModel", StageMetrics.SUCCEEDED);
    stages.retried("HeadshotModel", Stage.TRAIN, Optional.of(Adjustment.HalfBatch));
    stages.used("HeadshotModel", Stage.TRAIN, 600);
    stages.said("HeadshotModel", Stage.INTAKE, Words.photos().orElseThrow());
    stages.said("VideoGenerator", Stage.PREPARE_VIDEO, Words.clips().orElseThrow());
    stages.said("HeadshotModel", Stage.EVALUATE, Words.evaluated("x", "Passed").orElseThrow());
    erasures.pending("a", NOON);
    erasures.ended("HeadshotModel", "a", "Erased");
  }
}
