package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many HeadshotModels a second get their first Job where nobody but the operator works on the
 * API server: no Job controller makes pods of the Jobs, no scheduler looks for their nodes. Kueue
 * measures its 42.7 workloads a second so, against an API server and etcd alone. Run by {@code
 * e2e-tests/scale-benchmark}.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.scale", matches = "[1-9][0-9]*")
final class ArrivalsTest {

  private static final int MODELS = Integer.getInteger("atelier.scale", 0);
  private static final String OPERATOR = "operator-arrivals";

  @Test
  void eachModelGetsItsJob() throws IOException {
    try (var cluster = TestCluster.apiOnly();
        var admin = cluster.client("admin")) {
      var crowd = Crowd.prepare(admin, MODELS);
      ProcessorTimes times;
      try (var operator = crowd.operator(cluster, OPERATOR)) {
        crowd.patiently("the operator").until(() -> operator.reconciled("DiffusionRuntime") > 0);
        var before = ProcessorTimes.now(operator, cluster);
        crowd.come();
        crowd.patiently("a Job for each").until(() -> jobs(admin) == MODELS);
        times = ProcessorTimes.now(operator, cluster).since(before);
      }
      var log = cluster.audit();
      var figures = new ScaleFigures(log.writes("admin"), log.writes(OPERATOR));
      report(figures, times);
      assertThat(ScaleFigures.createdTwice(figures.operator())).as("children made twice").isEmpty();
    }
  }

  private static int jobs(KubernetesClient admin) {
    return admin.batch().v1().jobs().inNamespace(Crowd.NAMESPACE).list().getItems().size();
  }

  private static void report(ScaleFigures figures, ProcessorTimes times) throws IOException {
    var table =
        """
        | %,d HeadshotModels, on an API server and etcd alone | measured | target |
        |---|---|---|
        | from creation to child Job | %.1f models/s | 50 models/s |
        | the same, from each one's creation: median, p99 | %s | |
        | until then: a write of the operator in the API server, median; such writes at a time | %s | |
        | processor time per model: operator, API server and etcd, clients | %s | |
        | writes of the operator per model | %s | |
        """
            .formatted(
                MODELS,
                figures.modelsPerSecond(),
                figures.untilJob(),
                figures.untilJobs().load(),
                times.each(MODELS),
                figures.writesPerModel(MODELS));
    Files.writeString(Path.of("target/arrivals-%d.md".formatted(MODELS)), table);
    System.out.println(table);
  }
}
