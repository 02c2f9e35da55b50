package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.operator.jobset.JobSet;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TerminationMessage.Result;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Training over several nodes, with the real JobSet controller and its webhooks. Without a node
 * this test plays the kubelets.
 */
@OnKubernetes
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
final class JobSetOnKubernetesTest {

  private static final String NAMESPACE = "nodes";
  private static final String VIDEO = "VideoGenerator";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final Story story;
  private OperatorProcess operator;

  JobSetOnKubernetesTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    story = new Story(admin, NAMESPACE);
  }

  @BeforeAll
  void startOperator() {
    story.createNamespace();
    story.apply(Portraits.runtime("over-nodes", yaml -> yaml));
    operator =
        OperatorProcess.start(cluster, "operator-nodes", Map.of("ATELIER_NAMESPACES", NAMESPACE));
  }

  @AfterAll
  void stop() {
    operator.close();
    admin.close();
  }

  @Test
  @Order(1)
  void withoutJobSetItWaitsAndAsSoonAsThereIsOneThePodsTrainTogether() {
    prepared("film", "");
    var waiting = story.untilNotReady(VIDEO, "film", "JobSetNotFound");
    assertThat(message(waiting)).contains("spec.training.nodes is 2", "jobset.sigs.k8s.io");

    cluster.jobSet();
    var pods = pods("film", 2);
    var set = set("film").getMetadata().getName();
    var service = admin.services().inNamespace(NAMESPACE).withName(set).require();
    assertThat(service.getSpec().getClusterIP()).as("headless").isEqualTo("None");
    var master = pods.get(0).getSpec();
    pods.forEach(
        pod ->
            assertThat(variable(pod, "MASTER_ADDR"))
                .isEqualTo(
                    "%s.%s".formatted(master.getHostname(), service.getMetadata().getName())));
    assertThat(variable(pods.get(0), "WORLD_SIZE")).isEqualTo("2");
    story.untilNotReady(VIDEO, "film", "Unschedulable");

    pods.forEach(pod -> tell(pod, PlayedPod.running()));
    story.untilNotReady(VIDEO, "film", "Training");
    pods.forEach(
        pod ->
            tell(
                pod,
                PlayedPod.ended(
                    0, TerminationMessage.of(Result.Succeeded, "StageDone", "100 steps"))));
    var trained = story.untilCondition(VIDEO, "film", "Trained", "True");

    assertThat(Story.condition(trained, "Trained", "message")).isEqualTo("100 steps");
    await("the evaluation, on one node")
        .atMost(PATIENCE)
        .until(() -> !stage("film", "evaluate").isEmpty());
    forget("film");
  }

  @Test
  @Order(2)
  void aLostPodTakesTheOthersWithItAndAllStartAnewUncounted() {
    prepared("lost", "");
    var first = pods("lost", 2);
    first.forEach(pod -> tell(pod, PlayedPod.running()));
    story.untilNotReady(VIDEO, "lost", "Training");

    tell(first.get(1), PlayedPod.disrupted());

    await("pods anew")
        .atMost(PATIENCE)
        .until(
            () -> {
              var anew = uids(stage("lost", "train"));
              return anew.size() == 2 && Collections.disjoint(anew, uids(first));
            });
    var status = Objects.requireNonNull(set("lost").getStatus());
    assertThat(status.restarts()).isEqualTo(1);
    var film = story.get(VIDEO, "lost").orElseThrow();
    assertThat(film.at("/status/run/attempt").asInt()).isEqualTo(1);
    assertThat(Story.condition(film, "Failed", "status")).isNotEqualTo("True");
    forget("lost");
  }

  @Test
  @Order(3)
  void whatOnePodCannotReadEndsTheRunForAll() {
    prepared("refused", "");
    var pods = pods("refused", 2);
    pods.forEach(pod -> tell(pod, PlayedPod.running()));

    tell(
        pods.get(0),
        PlayedPod.ended(
            42,
            TerminationMessage.of(Result.Failed, "NotSupported", "model wan is no Wan pipeline")));

    var failed = story.untilCondition(VIDEO, "refused", "Failed", "True");
    assertThat(Story.condition(failed, "Ready", "reason")).isEqualTo("NotSupported");
    assertThat(message(failed)).isEqualTo("model wan is no Wan pipeline");
    assertThat(Objects.requireNonNull(set("refused").getStatus()).restarts()).isZero();
    forget("refused");
  }

  @Test
  @Order(4)
  void kueueHoldsTheJobSetSaysWhyAndNobodyTakesItsPlaceAway() {
    try (var kueue = KueueStandIn.start(cluster, NAMESPACE, KueueStandIn.Work.JOB_SET)) {
      prepared("queued", "labels: {kueue.x-k8s.io/queue-name: gpus}, ");
      story.until(
          "Kueue's words",
          VIDEO,
          "queued",
          found -> message(found).contains(KueueStandIn.NO_QUOTA));
      // It is suspended a moment after it was made: pods that were there already end.
      await("no pods while it waits")
          .atMost(PATIENCE)
          .until(() -> stage("queued", "train").isEmpty());

      kueue.admit("queued");
      var pods = pods("queued", 2);

      assertThat(pods.get(0).getSpec().getNodeSelector())
          .containsEntry(KueueStandIn.FLAVOR, "a100");
      assertThat(set("queued").getSpec().suspend()).isFalse();
      kueue.evict("queued");
      story.until(
          "the eviction",
          VIDEO,
          "queued",
          found -> message(found).contains(KueueStandIn.PREEMPTED));
    }
    forget("queued");
  }

  @Test
  @Order(5)
  void suspendEndsAllPodsAndResumeStartsThemAgain() {
    prepared("paused", "");
    pods("paused", 2);

    story.patchSpec(VIDEO, "paused", "{\"suspend\":true}");
    story.untilNotReady(VIDEO, "paused", "Suspended");
    await("no JobSet").atMost(PATIENCE).until(() -> sets("paused").isEmpty());
    assertThat(stage("paused", "train")).isEmpty();

    story.patchSpec(VIDEO, "paused", "{\"suspend\":false}");
    pods("paused", 2);
    forget("paused");
  }

  /** A new generator whose clips are ready, so that its training is next. */
  private void prepared(String name, String labels) {
    story.apply(video(name, labels));
    await("its preparation").atMost(PATIENCE).until(() -> stage(name, "preparevideo").size() == 1);
    tell(stage(name, "preparevideo").get(0), PlayedPod.ended(0, PlayedPod.CLIPS));
  }

  private List<Pod> pods(String name, int count) {
    await("%d pods of %s".formatted(count, name))
        .atMost(PATIENCE)
        .until(() -> stage(name, "train").size() == count);
    return stage(name, "train");
  }

  /** The pods of a stage that go on, in the order of their names, which is that of their ranks. */
  private List<Pod> stage(String name, String stage) {
    return admin
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("atelier.dev/videogenerator", name)
        .withLabel("app.kubernetes.io/component", stage)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .toList();
  }

  private static List<String> uids(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getMetadata().getUid()).toList();
  }

  private JobSet set(String name) {
    return sets(name).get(0);
  }

  private List<JobSet> sets(String name) {
    return admin
        .resources(JobSet.class)
        .inNamespace(NAMESPACE)
        .withLabel("atelier.dev/videogenerator", name)
        .list()
        .getItems();
  }

  private void tell(Pod pod, String status) {
    PlayedPod.tell(admin, pod, status);
  }

  private void forget(String name) {
    story.annotate(VIDEO, name, "atelier.dev/force-delete", "true");
    story.delete(VIDEO, name);
    story.untilGone(VIDEO, name);
    await("nothing of " + name)
        .atMost(PATIENCE)
        .until(() -> sets(name).isEmpty() && stage(name, "train").isEmpty());
  }

  private static String variable(Pod pod, String name) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(one -> one.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String message(JsonNode video) {
    return Story.condition(video, "Ready", "message");
  }

  private static String video(String name, String labels) {
    return """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: %s, %snamespace: %s}
        spec:
          runtimeRef: {name: over-nodes}
          dataset: {videos: {source: {pvc: {claimName: footage}}}, shards: 1}
          training:
            stages: [{name: low, width: 64, height: 64, frames: 17, steps: 100}]
            gradientAccumulation: 2
            nodes: 2
        """
        .formatted(name, labels, NAMESPACE);
  }
}
