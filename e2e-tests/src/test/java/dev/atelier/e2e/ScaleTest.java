package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private static final int STRANGERS = Integer.getInteger("atelier.scale.strangers", 0);

  /** Pods that end one after another, ten a second, while all others compute. */
  private static final int ONE_BY_ONE = Math.min(100, MODELS / 2);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final String OPERATOR = "operator-scale";
  private static final String NODES = "nodes";
  private static final String CALM = "nodes-one-by-one";
  private static final TerminationMessage PHOTOS =
      TerminationMessage.of(TerminationMessage.Result.Succeeded, "PhotosAccepted", "done");

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final KubernetesClient nodes;

  ScaleTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    nodes = cluster.client(NODES);
  }

  /**
   * What a run showed beside the audit log.
   *
   * @param untilPods processor time from the first model to a pod for each
   * @param whole up to the second Job of each
   */
  private record Observed(ResidentMemory memory, ProcessorTimes untilPods, ProcessorTimes whole) {}

  @Test
  void aThousandModelsAndMore() throws IOException {
    var crowd = Crowd.prepare(admin, MODELS);
    var shipped = ShippedOperator.of(MODELS);
    Observed observed;
    try (var operator = crowd.operator(cluster, OPERATOR)) {
      observed = live(crowd, operator);
    }
    var memory = observed.memory();
    var log = cluster.audit();
    var figures = new ScaleFigures(log.writes("admin"), log.writes(OPERATOR));
    report(figures, observed, log);

    assertThat(ScaleFigures.createdTwice(log.writes(OPERATOR))).as("children made twice").isEmpty();
    assertThat(figures.otherWritesPerModel(MODELS))
        .as("writes per model besides children, status and events")
        .isLessThanOrEqualTo(2);
    assertThat((double) memory.amongAll())
        .as("memory among %d more pods of others", STRANGERS - STRANGERS / 2)
        .isLessThanOrEqualTo(1.1 * memory.next());
    assertThat(memory.amongAll())
        .as("memory, where the chart's container would end")
        .isLessThan(shipped.mebibytes());
    admin.close();
    nodes.close();
  }

  /** Half of the strangers are there before the models, the others come when all are at work. */
  private Observed live(Crowd crowd, OperatorProcess operator) {
    crowd.patiently("the operator").until(() -> operator.reconciled("DiffusionRuntime") > 0);
    long idle = operator.residentMebibytes();
    strangers(crowd, 0, STRANGERS / 2);
    long amongHalf = operator.residentMebibytes();

    var before = ProcessorTimes.now(operator, cluster);
    crowd.come();
    crowd.patiently("a pod for each").until(() -> pods("intake").size() == MODELS);
    var untilPods = ProcessorTimes.now(operator, cluster).since(before);
    crowd
        .patiently("the scheduler's word on each")
        .until(() -> crowd.models().stream().allMatch(ScaleTest::unschedulable));
    long waiting = operator.residentMebibytes();

    crowd.each(pods("intake"), pod -> tell(pod, PlayedPod.running()));
    crowd
        .patiently("all computing")
        .until(() -> crowd.models().stream().allMatch(ScaleTest::computing));
    long running = operator.residentMebibytes();

    var intake = pods("intake");
    oneByOne(crowd, intake.subList(0, ONE_BY_ONE));
    crowd.each(intake.subList(ONE_BY_ONE, MODELS), pod -> tell(pod, PlayedPod.ended(0, PHOTOS)));
    crowd.patiently("the next Job of each").until(() -> pods("train").size() == MODELS);
    var whole = ProcessorTimes.now(operator, cluster).since(before);
    long next = operator.residentMebibytes();
    strangers(crowd, STRANGERS / 2, STRANGERS);
    return new Observed(
        new ResidentMemory(idle, amongHalf, waiting, running, next, operator.residentMebibytes()),
        untilPods,
        whole);
  }

  private static void report(ScaleFigures figures, Observed observed, AuditLog log)
      throws IOException {
    var table =
        """
        | %,d HeadshotModels | measured | target |
        |---|---|---|
        | from creation to child Job | %.1f models/s | 50 models/s |
        | the same, from each one's creation: median, p99 | %s | |
        | until then: a write of the operator in the API server, median; such writes at a time | %s | |
        | processor time per model, until each has a pod: operator, control plane, clients | %s | |
        | the same, to the second Job | %s | |
        | from a pod's news to the status, one pod after another: median, p99 | %s | p99 1 s |
        | the same, all pods at once: median, p99 | %s | |
        | writes of the operator per model, from creation to the second Job | %s | 2 besides status, children, events |
        %s
        | children made twice | %d | 0 |
        | processors, load | %d, %.1f | |
        """
            .formatted(
                MODELS,
                figures.modelsPerSecond(),
                figures.untilJob(),
                figures.untilJobs().load(),
                observed.untilPods().each(MODELS),
                observed.whole().each(MODELS),
                figures.untilStatus(log.writes(CALM)),
                figures.untilStatus(log.writes(NODES)),
                figures.writesPerModel(MODELS),
                observed.memory().rows(STRANGERS),
                ScaleFigures.createdTwice(figures.operator()).size(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    Files.writeString(Path.of("target/scale-%d.md".formatted(MODELS)), table);
    System.out.println(table);
  }

  /** Pods of somebody else, in the operator's own namespace, that no scheduler cares for. */
  private void strangers(Crowd crowd, int from, int to) {
    crowd.each(
        IntStream.range(from, to).mapToObj("stranger-%05d"::formatted).toList(),
        name -> admin.resource(stranger(name)).create());
  }

  private static Pod stranger(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(Crowd.NAMESPACE)
        .addToLabels("app", "somebody-else")
        .endMetadata()
        .withNewSpec()
        .withSchedulerName("nobody")
        .addNewContainer()
        .withName("work")
        .withImage("work")
        .endContainer()
        .endSpec()
        .build();
  }

  private void oneByOne(Crowd crowd, List<String> pods) {
    try (var calm = cluster.client(CALM)) {
      for (var pod : pods) {
        tell(calm, pod, PlayedPod.ended(0, PHOTOS));
        await().pollDelay(PAUSE).until(() -> true);
      }
    }
    crowd.patiently("their next Jobs").until(() -> pods("train").size() == pods.size());
  }

  private void tell(String pod, String patch) {
    tell(nodes, pod, patch);
  }

  private static void tell(KubernetesClient kubelet, String pod, String patch) {
    kubelet
        .pods()
        .inNamespace(Crowd.NAMESPACE)
        .withName(pod)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private List<String> pods(String stage) {
    return admin
        .pods()
        .inNamespace(Crowd.NAMESPACE)
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
}
