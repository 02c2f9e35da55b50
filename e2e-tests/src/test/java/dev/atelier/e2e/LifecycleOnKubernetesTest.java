package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a real API server and its controllers do to resources and children, in a cluster without a
 * node, so that no pod ever runs.
 */
@OnKubernetes
@Execution(ExecutionMode.SAME_THREAD)
final class LifecycleOnKubernetesTest {

  private static final String NAMESPACE = "lives";
  private static final String MODEL = "HeadshotModel";
  private static final Duration SILENCE = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final TestCluster cluster;
  private final KubernetesClient admin;
  private final Story story;
  private OperatorProcess operator;

  LifecycleOnKubernetesTest(TestCluster cluster) {
    this.cluster = cluster;
    admin = cluster.client("admin");
    story = new Story(admin, NAMESPACE);
  }

  @BeforeAll
  void startOperator() {
    story.createNamespace();
    story.apply(Portraits.runtime("somewhere", yaml -> yaml));
    operator =
        OperatorProcess.start(cluster, "operator-lives", Map.of("ATELIER_NAMESPACES", NAMESPACE));
  }

  @AfterAll
  void stop() {
    operator.close();
    admin.close();
  }

  @Test
  void aJobThatAPolicyRefusesIsSaidOnceAndStartedWhenThePolicyIsGone() {
    story.apply(POLICY);
    story.apply(BINDING);
    awaitPolicy();
    story.apply(labelled("refused", "kueue.x-k8s.io/refuse: here"));
    var refused = story.untilNotReady(MODEL, "refused", "PodRefused");
    assertThat(message(refused)).contains("no Jobs with the label refuse here");
    assertThat(Story.condition(refused, "Failed", "status")).isNotEqualTo("True");

    cluster.kubectl("delete", "validatingadmissionpolicybinding", "no-jobs");
    story.untilNotReady(MODEL, "refused", "Unschedulable");

    assertThat(story.get(MODEL, "refused").orElseThrow().at("/status/run/attempt").asInt())
        .isEqualTo(1);
    assertThat(story.jobs("refused")).hasSize(1);
    forget("refused", "background");
  }

  @Test
  void aQuotaThatLeavesNoRoomForThePodIsSaidInItsOwnWords() {
    cluster.kubectl("-n", NAMESPACE, "create", "quota", "studio", "--hard=pods=0");
    story.apply(model("hungry"));

    var waiting = story.untilNotReady(MODEL, "hungry", "QuotaPending");

    assertThat(message(waiting)).contains("exceeded quota: studio");
    cluster.kubectl("-n", NAMESPACE, "delete", "quota", "studio");
    forget("hungry", "background");
  }

  @ParameterizedTest
  @ValueSource(strings = {"background", "foreground", "orphan"})
  void howeverAResourceIsDeletedNothingGoesOnWithoutIt(String propagation) {
    var name = "left-" + propagation;
    story.apply(model(name));
    story.untilNotReady(MODEL, name, "Unschedulable");

    forget(name, propagation);

    await("no Job of " + name).atMost(PATIENCE).until(() -> story.jobs(name).isEmpty());
  }

  @Test
  void anApiServerThatFallsSilentDelaysADeletionAndNothingMore() {
    story.apply(model("silent"));
    story.untilNotReady(MODEL, "silent", "Unschedulable");
    story.annotate(MODEL, "silent", "atelier.dev/force-delete", "true");

    try (var silence = cluster.silence()) {
      assertThat(silence).isNotNull();
      await().pollDelay(SILENCE).atMost(PATIENCE).until(() -> true);
    }
    story.delete(MODEL, "silent");
    try (var silence = cluster.silence()) {
      assertThat(silence).isNotNull();
      await().pollDelay(SILENCE).atMost(PATIENCE).until(() -> true);
    }

    story.untilGone(MODEL, "silent");
    await("no Job of silent").atMost(PATIENCE).until(() -> story.jobs("silent").isEmpty());
    story.apply(model("after-it"));
    story.untilNotReady(MODEL, "after-it", "Unschedulable");
    forget("after-it", "background");
  }

  @Test
  void aRuntimeThatComesLaterStartsWhatWaitsForIt() {
    story.apply(model("early").replace("{name: somewhere}", "{name: later}"));
    story.untilNotReady(MODEL, "early", "RuntimeNotFound");

    story.apply(Portraits.runtime("later", yaml -> yaml));

    story.untilNotReady(MODEL, "early", "Unschedulable");
    forget("early", "background");
  }

  @Test
  void kueueHoldsAJobGivesItAPlaceAndNobodyTakesThatAway() {
    try (var kueue = KueueStandIn.start(cluster, NAMESPACE, KueueStandIn.Work.JOB)) {
      story.apply(labelled("queued", "kueue.x-k8s.io/queue-name: gpus"));
      untilSaid("queued", "Kueue's queue gpus: " + KueueStandIn.NO_QUOTA);

      kueue.admit("queued");
      var placed = story.untilNotReady(MODEL, "queued", "Unschedulable");
      assertThat(message(placed)).contains("node");
      assertPlaced(story.jobs("queued").get(0));

      try (var second =
          OperatorProcess.start(
              cluster, "operator-kueue", Map.of("ATELIER_NAMESPACES", NAMESPACE))) {
        await("a look at every model").atMost(PATIENCE).until(() -> second.reconciled(MODEL) > 0);
        assertPlaced(story.jobs("queued").get(0));
      }
      kueue.evict("queued");
      untilSaid("queued", KueueStandIn.PREEMPTED);
    }
    forget("queued", "background");
  }

  @Test
  void shardsWithRetriesOfTheirOwnAreTakenByTheApiServer() {
    story.apply(
        inNamespace(Portraits.baseGeneration("sharded", "somewhere"))
            .replace("samplesPerPrompt: 2", "samplesPerPrompt: 2\n  parallelism: 3"));
    story.untilNotReady("GenerationJob", "sharded", "Unschedulable");

    var job =
        admin
            .batch()
            .v1()
            .jobs()
            .inNamespace(NAMESPACE)
            .withLabel("atelier.dev/generationjob", "sharded")
            .list()
            .getItems()
            .get(0);
    assertThat(job.getSpec().getBackoffLimitPerIndex()).isEqualTo(3);
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(Integer.MAX_VALUE);
    story.annotate("GenerationJob", "sharded", "atelier.dev/force-delete", "true");
    story.delete("GenerationJob", "sharded");
    story.untilGone("GenerationJob", "sharded");
  }

  private void untilSaid(String model, String words) {
    story.until(
        words,
        MODEL,
        model,
        found ->
            Story.condition(found, "Ready", "reason").equals("QuotaPending")
                && message(found).contains(words));
  }

  /** The API server learns of a policy a moment after it took it. */
  private void awaitPolicy() {
    var probe =
        new JobBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(NAMESPACE)
            .addToLabels("kueue.x-k8s.io/refuse", "here")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("probe")
            .withImage("probe")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    await("the policy")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> admin.resource(probe).dryRun().create())
                    .hasMessageContaining("no Jobs with the label refuse here"));
  }

  private static void assertPlaced(Job job) {
    assertThat(job.getSpec().getSuspend()).isFalse();
    assertThat(job.getSpec().getTemplate().getSpec().getNodeSelector())
        .containsEntry(KueueStandIn.FLAVOR, "a100");
  }

  /** Without a node nothing can be erased: the deletion is forced. */
  private void forget(String name, String propagation) {
    story.annotate(MODEL, name, "atelier.dev/force-delete", "true");
    cluster.kubectl(
        "-n",
        NAMESPACE,
        "delete",
        "headshotmodel",
        name,
        "--cascade=" + propagation,
        "--timeout=60s");
    story.untilGone(MODEL, name);
  }

  private static String message(JsonNode model) {
    return Story.condition(model, "Ready", "message");
  }

  private static String model(String name) {
    return inNamespace(Portraits.model(name, 5))
        .replace("{name: tiny-portrait}", "{name: somewhere}");
  }

  /** With a label of Kueue, which reaches the Jobs. */
  private static String labelled(String name, String label) {
    return model(name)
        .replace("{name: %s, ".formatted(name), "{name: %s, labels: {%s}, ".formatted(name, label));
  }

  private static String inNamespace(String yaml) {
    return yaml.replace("namespace: default", "namespace: " + NAMESPACE);
  }

  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: no-jobs}
      spec:
        failurePolicy: Fail
        matchConstraints:
          resourceRules:
            - {apiGroups: [batch], apiVersions: [v1], operations: [CREATE], resources: [jobs]}
        validations:
          - expression: "!has(object.metadata.labels) || !('kueue.x-k8s.io/refuse' in object.metadata.labels)"
            message: no Jobs with the label refuse here
      """;

  private static final String BINDING =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: no-jobs}
      spec: {policyName: no-jobs, validationActions: [Deny]}
      """;
}
