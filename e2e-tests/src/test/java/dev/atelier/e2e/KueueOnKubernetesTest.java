package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The real Kueue with its webhooks, and the real JobSet controller: one ClusterQueue for all
 * stories, whose quota of processors they set. Run by {@code e2e-tests/with-kueue}. Without a node
 * nothing is computed: this test plays the kubelets.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.kueue", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
final class KueueOnKubernetesTest {

  private static final String NAMESPACE = "queues";
  private static final String MODEL = "HeadshotModel";
  private static final String VIDEO = "VideoGenerator";
  private static final String FLAVOR = "cloud.provider.com/accelerator";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final Story story;
  private OperatorProcess operator;

  KueueOnKubernetesTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    story = new Story(admin, NAMESPACE);
  }

  @BeforeAll
  void startKueueAndOperator() {
    cluster.jobSet();
    cluster.kueue();
    story.createNamespace();
    QUEUES.forEach(yaml -> admin.resource(yaml).create());
    story.apply(Portraits.runtime("queued", yaml -> yaml));
    operator = start("operator-queues");
  }

  @AfterAll
  void stop() {
    operator.close();
    admin.close();
  }

  @Test
  @Order(1)
  void whatKueueSaysReachesTheConditionAndWhatItWritesStays() {
    story.apply(model("ana", ""));
    untilSaid(MODEL, "ana", "insufficient quota for cpu in flavor a100");
    assertThat(job("ana").getSpec().getSuspend()).isTrue();
    assertThat(pods("ana")).isEmpty();

    quota(1);
    story.untilNotReady(MODEL, "ana", "Unschedulable");
    assertPlaced(job("ana"));

    operator.close();
    operator = start("operator-queues-again");
    await("a look at every model").atMost(PATIENCE).until(() -> operator.reconciled(MODEL) > 0);
    assertPlaced(job("ana"));
    assertThat(pods("ana")).hasSize(1);
    forget(MODEL, "ana");
  }

  @Test
  @Order(2)
  void whoIsPreemptedSaysSoAndGoesOnWhenThereIsRoomAgain() {
    quota(1);
    story.apply(model("calm", ", kueue.x-k8s.io/priority-class: calm"));
    story.untilNotReady(MODEL, "calm", "Unschedulable");

    story.apply(model("hurried", ", kueue.x-k8s.io/priority-class: rush"));
    story.untilNotReady(MODEL, "hurried", "Unschedulable");
    untilSaid(MODEL, "calm", "insufficient unused quota for cpu in flavor a100");
    assertThat(job("calm").getSpec().getSuspend()).isTrue();
    assertThat(story.get(MODEL, "calm").orElseThrow().at("/status/run/attempt").asInt())
        .as("a displaced try is not counted")
        .isEqualTo(1);

    forget(MODEL, "hurried");
    story.untilNotReady(MODEL, "calm", "Unschedulable");
    assertPlaced(job("calm"));
    forget(MODEL, "calm");
  }

  @Test
  @Order(3)
  void oneAfterAnotherGoesThroughAQueueThatHasRoomForOne() {
    quota(1);
    var names = Stream.of("first", "second", "third").toList();
    names.forEach(name -> story.apply(model(name, "")));
    try (var node = PlayedNode.start(cluster, NAMESPACE)) {
      names.forEach(name -> story.untilCondition(MODEL, name, "Ready", "True"));
      names.forEach(name -> assertThat(story.jobs(name)).as("three stages, each once").hasSize(3));
      names.forEach(name -> forget(MODEL, name));
    }
  }

  @Test
  @Order(4)
  void aTrainingOverTwoNodesIsAdmittedWholeOrNotAtAll() {
    quota(1);
    story.apply(video("film"));
    await("its preparation").atMost(PATIENCE).until(() -> pods("film").size() == 1);
    tell(pods("film").get(0), PlayedPod.ended(0, PlayedPod.CLIPS));
    untilSaid(VIDEO, "film", "insufficient quota for cpu in flavor a100");
    assertThat(training("film")).isEmpty();

    quota(2);
    await("both pods").atMost(PATIENCE).until(() -> training("film").size() == 2);
    assertThat(training("film"))
        .allSatisfy(
            pod -> assertThat(pod.getSpec().getNodeSelector()).containsEntry(FLAVOR, "a100"));
    forget(VIDEO, "film");
  }

  private OperatorProcess start(String user) {
    return OperatorProcess.start(cluster, user, Map.of("ATELIER_NAMESPACES", NAMESPACE));
  }

  /** The processors that the queue may give at a time; each pod asks for one. */
  private void quota(int processors) {
    admin
        .genericKubernetesResources("kueue.x-k8s.io/v1beta2", "ClusterQueue")
        .withName("studio")
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"replace\",\"path\":\"/spec/resourceGroups/0/flavors/0/resources/0/nominalQuota\",\"value\":\"%d\"}]"
                .formatted(processors));
  }

  private void untilSaid(String kind, String name, String words) {
    story.until(
        "Kueue's words: " + words,
        kind,
        name,
        found ->
            Story.condition(found, "Ready", "reason").equals("QuotaPending")
                && message(found).contains(words));
  }

  private Job job(String model) {
    return story.jobs(model).get(0);
  }

  private List<Pod> pods(String name) {
    return admin.pods().inNamespace(NAMESPACE).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(name + "-"))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  private List<Pod> training(String name) {
    return pods(name).stream()
        .filter(
            pod -> "train".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/component")))
        .toList();
  }

  private void tell(Pod pod, String status) {
    PlayedPod.tell(admin, pod, status);
  }

  /** Without a node nothing can be erased: the deletion is forced. */
  private void forget(String kind, String name) {
    story.annotate(kind, name, "atelier.dev/force-delete", "true");
    story.delete(kind, name);
    story.untilGone(kind, name);
    await("no pods of " + name).atMost(PATIENCE).until(() -> pods(name).isEmpty());
  }

  private static void assertPlaced(Job job) {
    assertThat(job.getSpec().getSuspend()).isFalse();
    assertThat(job.getSpec().getTemplate().getSpec().getNodeSelector())
        .containsEntry(FLAVOR, "a100");
  }

  private static String message(JsonNode resource) {
    return Story.condition(resource, "Ready", "message");
  }

  private static String model(String name, String labels) {
    return Portraits.model(name, 5)
        .replace("namespace: default", "namespace: " + NAMESPACE)
        .replace("{name: tiny-portrait}", "{name: queued}")
        .replace(
            "{name: %s, ".formatted(name),
            "{name: %s, labels: {kueue.x-k8s.io/queue-name: gpus%s}, ".formatted(name, labels));
  }

  private static String video(String name) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: %s, namespace: %s, labels: {kueue.x-k8s.io/queue-name: gpus}}
        spec:
          runtimeRef: {name: queued}
          dataset: {videos: {source: {pvc: {claimName: footage}}}, shards: 1}
          training:
            stages: [{name: low, width: 64, height: 64, frames: 17, steps: 100}]
            gradientAccumulation: 2
            nodes: 2
        """
        .formatted(name, NAMESPACE);
  }

  private static final List<String> QUEUES =
      List.of(
          """
          apiVersion: kueue.x-k8s.io/v1beta2
          kind: ResourceFlavor
          metadata: {name: a100}
          spec: {nodeLabels: {cloud.provider.com/accelerator: a100}}
          """,
          """
          apiVersion: kueue.x-k8s.io/v1beta2
          kind: ClusterQueue
          metadata: {name: studio}
          spec:
            namespaceSelector: {}
            preemption: {withinClusterQueue: LowerPriority}
            resourceGroups:
              - coveredResources: [cpu, memory]
                flavors:
                  - name: a100
                    resources:
                      - {name: cpu, nominalQuota: "0"}
                      - {name: memory, nominalQuota: 64Gi}
          """,
          """
          apiVersion: kueue.x-k8s.io/v1beta2
          kind: LocalQueue
          metadata: {name: gpus, namespace: queues}
          spec: {clusterQueue: studio}
          """,
          """
          apiVersion: kueue.x-k8s.io/v1beta2
          kind: WorkloadPriorityClass
          metadata: {name: calm}
          value: 10
          """,
          """
          apiVersion: kueue.x-k8s.io/v1beta2
          kind: WorkloadPriorityClass
          metadata: {name: rush}
          value: 100
          """);
}
