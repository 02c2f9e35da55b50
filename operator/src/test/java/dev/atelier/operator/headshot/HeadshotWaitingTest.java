package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.api.Metric;
import dev.atelier.operator.run.RunDecision.Follow;
import dev.atelier.operator.testing.Resources;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a run waiting, and how the condition says so. */
class HeadshotWaitingTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void aRuntimeThatIsNotReadyKeepsPodsFromStartingButNotFromBeingHeard() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.settle();
    world.runtimes.set(0, Resources.runtime("status: \"True\"", "status: \"False\""));
    assertThat(world.settle()).isInstanceOf(Follow.class);
    assertThat(world.ready()).isEqualTo("False Training");

    world.jobs.end(job, 0, done("800 steps"), world.now);
    world.settle();
    assertThat(world.holds(ConditionType.Trained)).isTrue();
    assertThat(world.ready()).isEqualTo("False RuntimeNotReady");

    world.runtimes.set(0, Resources.runtime());
    world.settle();
    assertThat(world.currentJob()).contains("-evaluate-");
  }

  @Test
  void aRuntimeThatDoesNotAllowTheNamespaceIsSaid() {
    world.runtimes.set(
        0,
        Resources.runtime(
            "precision: Float32", "precision: Float32\n  allowedNamespaces: [other]"));
    world.settle();

    assertThat(world.ready()).isEqualTo("False NamespaceNotAllowed");
    assertThat(world.message()).contains("studio").contains("spec.allowedNamespaces");
    assertThat(world.jobs.jobs()).isEmpty();
  }

  @Test
  void aGateWithoutANumberThatNobodyKnowsIsSaidBeforeAnythingIsComputed() {
    world.runtimes.set(
        0,
        Resources.runtime(
            "precision: Float32",
            "precision: Float32\n"
                + "  perception: {faceEmbedding: {model: arcface, samePersonMaxDistance:"
                + " \"1.0\"}}"));
    world.edit(spec -> new Edit(spec).gate(Metric.IdentitySimilarity));
    world.settle();

    assertThat(world.ready()).isEqualTo("False InvalidSpec");
    assertThat(world.message())
        .contains("the default bound of IdentitySimilarity", "spec.perception.faceEmbedding");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.jobs.jobs()).isEmpty();
  }

  @Test
  void whatKeepsAPodFromStartingReachesTheCondition() {
    world.settle();
    var job = world.currentJob();
    world.jobs.hold(job, "ImagePullBackOff", "Back-off pulling image \"runtime\"");
    world.settle();
    assertThat(world.ready()).isEqualTo("False ImagePullFailed");
    assertThat(world.message()).contains("Back-off pulling image");

    world.jobs.removePods(job);
    world.jobs.unschedulable(job, "0/3 nodes are available: 3 Insufficient nvidia.com/gpu.");
    world.settle();
    assertThat(world.ready()).isEqualTo("False Unschedulable");
    assertThat(world.message()).contains("3 Insufficient nvidia.com/gpu");
  }

  @Test
  void whatKubernetesSaysInEventsOnlyReachesTheConditionToo() {
    world.settle();
    var job = world.jobs.find(world.currentJob()).orElseThrow();
    event(
        "FailedCreate",
        job.getMetadata().getUid(),
        "pods \"x\" is forbidden: exceeded quota: gpus");
    world.settle();
    assertThat(world.ready()).isEqualTo("False QuotaPending");
    assertThat(world.message()).contains("exceeded quota: gpus");

    event(
        "FailedCreate",
        job.getMetadata().getUid(),
        "admission webhook \"deny\" denied the request");
    world.settle();
    assertThat(world.ready()).isEqualTo("False PodRefused");

    world.jobs.hold(world.currentJob(), "ContainerCreating", "");
    event(
        "FailedMount",
        world.jobs.pods().get(0).getMetadata().getUid(),
        "secret \"uploads-ro\" not found");
    world.settle();
    assertThat(world.ready()).isEqualTo("False MountFailed");
    assertThat(world.message()).contains("uploads-ro");
  }

  @Test
  void aStageThatGoesAsItShouldIsToldWhenItStartsComputesAndEnds() {
    world.reconcile();
    var job = world.currentJob();
    var launched = world.status();
    world.jobs.hold(job, "ContainerCreating", "");
    world.reconcile();
    assertThat(world.status()).as("a Job and a pod that come as they should").isEqualTo(launched);

    world.jobs.removePods(job);
    world.jobs.start(job, world.now);
    world.reconcile();
    var computing = world.status();
    assertThat(computing).isNotEqualTo(launched);
    world.jobs.endPod(job, 0, "Completed", photos(), world.now);
    world.reconcile();
    assertThat(world.ready()).as("its Job will say so in a second").isEqualTo("False Training");
    var finished = world.status();
    world.settle();
    assertThat(world.status()).as("the Job of the next stage").isEqualTo(finished);

    world.jobs.conclude(job, 0, world.now);
    world.settle();
    assertThat(world.status()).as("what was known").isEqualTo(finished);
  }

  @Test
  void whatHeldAPodUpIsForgottenAsSoonAsItIsOver() {
    world.settle();
    var job = world.currentJob();
    world.jobs.unschedulable(job, "0/3 nodes are available");
    world.settle();
    assertThat(world.ready()).isEqualTo("False Unschedulable");

    world.jobs.removePods(job);
    world.jobs.hold(job, "ContainerCreating", "");
    world.settle();
    assertThat(world.ready()).isEqualTo("False Preparing");
    assertThat(world.message()).isEqualTo("starting Intake");
  }

  @Test
  void aTryAfterAFailedOneSaysWhatTheLastOneSaid() {
    world.settle();
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.endPod(job, 1, "Error", failed("StorageUnavailable", "no answer"), world.now);
    world.jobs.hold(job, "ContainerCreating", "");
    world.settle();

    assertThat(world.ready()).isEqualTo("False Pending");
    assertThat(world.message()).isEqualTo("trying again; the last try: no answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {42, 43, 44})
  void afterAFailureThatNoJobRepeatsNothingSaysThatItDoes(int exitCode) {
    world.settle();
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.endPod(job, exitCode, "Error", failed("BadInput", "no such file"), world.now);
    world.settle();

    assertThat(world.message()).doesNotContain("trying again");
  }

  @Test
  void kueuesAdmissionIsMirrored() {
    var queued =
        new HeadshotWorld(
            Resources.model(
                "{name: ana,", "{name: ana, labels: {kueue.x-k8s.io/queue-name: gpus},"));
    queued.settle();
    assertThat(queued.jobs.jobs().get(0).getSpec().getSuspend()).as("Kueue owns it").isNull();
    queued.jobs.suspend(queued.currentJob());
    queued.settle();
    assertThat(queued.ready()).isEqualTo("False QuotaPending");
    assertThat(queued.message()).contains("gpus");
    assertThat(queued.holds(ConditionType.QuotaReserved)).isFalse();
  }

  private void event(String reason, String uid, String message) {
    world.pass(Duration.ofSeconds(1));
    world.events.add(
        new EventBuilder()
            .withNewMetadata()
            .endMetadata()
            .withReason(reason)
            .withMessage(message)
            .withLastTimestamp(world.now.toString())
            .withNewInvolvedObject()
            .withUid(uid)
            .endInvolvedObject()
            .build());
  }
}
