package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many HeadshotModels an operator takes, against a real API server with the real Job
 * controller; this test plays the kubelets. Run by {@code e2e-tests/scale-benchmark}.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.scale", matches = "[1-9][0-9]*")
final class ScaleTest {

  private static final int MODELS = Integer.getInteger("atelier.scale", 0);
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final String NAMESPACE = "scale";
  private static final String OPERATOR = "operator-scale";
  private static final String NODES = "nodes";

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final KubernetesClient nodes;

  ScaleTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    nodes = cluster.client(NODES);
  }

  @Test
  void aThousandModelsAndMore() throws IOException {
    var story = new Story(admin, NAMESPACE);
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    story.apply(Portraits.runtime("somewhere", yaml -> yaml));
    try (var operator =
        OperatorProcess.start(cluster, OPERATOR, Map.of("ATELIER_NAMESPACES", NAMESPACE))) {
      await("the operator")
          .atMost(PATIENCE)
          .until(() -> operator.reconciled("DiffusionRuntime") > 0);
      long idle = operator.residentMebibytes();

      all(name -> story.apply(model(name)));
      await("a pod for each").atMost(PATIENCE).until(() -> pods("intake").size() == MODELS);
      await("the scheduler's word on each")
          .atMost(PATIENCE)
          .until(() -> story.list("HeadshotModel").stream().allMatch(ScaleTest::unschedulable));
      long waiting = operator.residentMebibytes();

      each(
          pods("intake"),
          "{\"status\":{\"phase\":\"Running\",\"containerStatuses\":[%s]}}"
              .formatted(container("\"running\":{\"startedAt\":\"%s\"}".formatted(now()))));
      await("all computing")
          .atMost(PATIENCE)
          .until(() -> story.list("HeadshotModel").stream().allMatch(ScaleTest::computing));
      long running = operator.residentMebibytes();

      each(pods("intake"), ended());
      await("the next Job of each").atMost(PATIENCE).until(() -> pods("train").size() == MODELS);
      report(idle, waiting, running, operator.residentMebibytes());
    }
    admin.close();
    nodes.close();
  }

  private void report(long idle, long waiting, long running, long next) throws IOException {
    var log = cluster.audit();
    var figures = new ScaleFigures(log.writes("admin"), log.writes(NODES), log.writes(OPERATOR));
    var table =
        """
        | %,d HeadshotModels | |
        |---|---|
        | from creation to child Job | %.1f models/s |
        | the same, from each one's creation: median, p99 | %s |
        | from a pod's news to the status: median, p99 | %s |
        | writes of the operator per model, from creation to the second Job | %.1f |
        | resident memory: idle, all waiting, all computing, all at the second stage | %d, %d, %d, %d MiB |
        | processors, load | %d, %.1f |
        """
            .formatted(
                MODELS,
                figures.modelsPerSecond(),
                figures.untilJob(),
                figures.untilStatus(),
                figures.writesPerModel(MODELS),
                idle,
                waiting,
                running,
                next,
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Files.writeString(Path.of("target/scale-%d.md".formatted(MODELS)), table);
    System.out.println(table);
    assertThat(figures.duplicates()).as("children made twice").isEmpty();
  }

  private void all(Consumer<String> work) {
    inParallel(
        IntStream.range(0, MODELS)
            .mapToObj("m-%05d"::formatted)
            .<Runnable>map(name -> () -> work.accept(name))
            .toList());
  }

  private void each(List<String> pods, String patch) {
    inParallel(
        pods.stream()
            .<Runnable>map(
                pod ->
                    () ->
                        nodes
                            .pods()
                            .inNamespace(NAMESPACE)
                            .withName(pod)
                            .subresource("status")
                            .patch(PatchContext.of(PatchType.JSON_MERGE), patch))
            .toList());
  }

  private static void inParallel(List<Runnable> work) {
    ExecutorService workers = Executors.newFixedThreadPool(CLIENTS);
    try {
      var done = work.stream().map(workers::submit).toList();
      for (var one : done) {
        one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
    }
  }

  private List<String> pods(String stage) {
    return admin
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/component", stage)
        .list()
        .getItems()
        .stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static boolean unschedulable(HasMetadata model) {
    return reason(model).equals("Unschedulable");
  }

  private static boolean computing(HasMetadata model) {
    return reason(model).equals("Preparing");
  }

  private static String reason(HasMetadata model) {
    return Story.condition(Serialization.jsonMapper().valueToTree(model), "Ready", "reason");
  }

  private static String container(String state) {
    return "{\"name\":\"runtime\",\"image\":\"runtime\",\"imageID\":\"\",\"ready\":false,\"restartCount\":0,\"state\":{%s}}"
        .formatted(state);
  }

  private static String ended() {
    var words =
        StageJson.fit(
            TerminationMessage.of(TerminationMessage.Result.Succeeded, "PhotosAccepted", "done"));
    var state =
        "\"terminated\":{\"exitCode\":0,\"reason\":\"Completed\",\"startedAt\":\"%1$s\",\"finishedAt\":\"%1$s\",\"message\":%2$s}"
            .formatted(now(), quoted(words));
    return "{\"status\":{\"phase\":\"Succeeded\",\"containerStatuses\":[%s]}}"
        .formatted(container(state));
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String model(String name) {
    return Portraits.model(name, 5)
        .replace("namespace: default", "namespace: " + NAMESPACE)
        .replace("{name: tiny-portrait}", "{name: somewhere}");
  }
}
