package dev.atelier.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageGauge;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running stage tells whoever asks. */
class ProgressServerTest {

  private final ProgressReporter reporter =
      new ProgressReporter(
          Stage.TRAIN, Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC));
  private ProgressServer server;

  @BeforeEach
  void aTrainingServes() throws IOException {
    server =
        ProgressServer.start(
            RuntimeSettings.of(Map.of("POD_IP", "127.0.0.1", "ATELIER_PORT", "0")), reporter);
    reporter.begin("training", 800, 0);
  }

  @AfterEach
  void itEnds() {
    server.close();
  }

  @Test
  void prometheusSeesTheGaugesThatTheReferenceLists() throws Exception {
    reporter.step(640, List.of(new NamedValue("loss", "0.1234")));

    var gauges =
        metrics()
            .lines()
            .filter(line -> line.startsWith("# TYPE"))
            .map(line -> line.split(" ")[2])
            .collect(Collectors.toSet());
    assertThat(gauges)
        .isEqualTo(
            Arrays.stream(StageGauge.values())
                .map(StageGauge::prometheusName)
                .collect(Collectors.toSet()));
    assertThat(metrics())
        .contains("atelier_stage_step{stage=\"Train\"} 640.0")
        .contains("atelier_stage_steps{stage=\"Train\"} 800.0")
        .contains("atelier_stage_value{name=\"loss\",stage=\"Train\"} 0.1234");
  }

  @Test
  void aLossThatStopsBeingANumberIsSeenAsSuch() throws Exception {
    reporter.step(640, List.of(new NamedValue("loss", "0.1234")));
    assertThat(metrics()).contains("atelier_stage_value{name=\"loss\",stage=\"Train\"} 0.1234");

    reporter.step(641, List.of(new NamedValue("loss", "NaN")));

    assertThat(metrics()).contains("atelier_stage_value{name=\"loss\",stage=\"Train\"} NaN");
  }

  @Test
  void whatIsNoLongerMeasuredIsNoLongerTold() throws Exception {
    reporter.step(1, List.of(new NamedValue("identity", "0.7")));
    assertThat(metrics()).contains("name=\"identity\"");

    reporter.step(2, List.of(new NamedValue("loss", "0.1")));

    assertThat(metrics()).contains("name=\"loss\"").doesNotContain("name=\"identity\"");
  }

  @Test
  void aRoundIsSeenBeforeTheNextStepWithTheStepThatItJudged() throws Exception {
    var scores = List.of(new NamedValue("identity", "0.4"));
    var rounds = JudgedRounds.of(List.of(new JudgedRounds.Round(600, scores)), List.of(600), 600);

    reporter.judged(
        rounds, List.of(new NamedValue("identity", "0.4"), new NamedValue("judgedStep", "600")));
    reporter.begin("training", 800, 640);

    assertThat(metrics())
        .contains("atelier_stage_value{name=\"identity\",stage=\"Train\"} 0.4")
        .contains("atelier_stage_value{name=\"judgedStep\",stage=\"Train\"} 600.0");
    assertThat(StageJson.progress(asked("progress")))
        .hasValueSatisfying(progress -> assertThat(progress.rounds()).isEqualTo(rounds));
  }

  private String metrics() throws IOException, InterruptedException {
    return asked("metrics");
  }

  private String asked(String what) throws IOException, InterruptedException {
    var address = "http://127.0.0.1:%d/%s".formatted(server.port(), what);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
        .body();
  }
}
