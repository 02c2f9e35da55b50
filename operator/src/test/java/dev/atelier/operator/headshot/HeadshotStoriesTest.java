package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.evaluated;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.headshot.HeadshotDecision.Follow;
import dev.atelier.operator.headshot.HeadshotDecision.Launch;
import dev.atelier.operator.headshot.HeadshotDecision.Rest;
import dev.atelier.operator.headshot.HeadshotDecision.Supersede;
import dev.atelier.operator.testing.Resources;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of a HeadshotModel, decision by decision, without a cluster. */
class HeadshotStoriesTest {

  private static final String FOLDER = "studio/HeadshotModel/ana-1b2c3d4e/r1";

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void photosBecomeAPublishedModelInThreeJobs() {
    world.settle();
    assertThat(world.currentJob()).startsWith("ana-intake-r1-");
    world.stage(0, photos());
    assertThat(world.currentJob()).startsWith("ana-train-r1-");
    assertThat(world.holds(ConditionType.DatasetReady)).isTrue();
    assertThat(world.status().dataset().rejected()).hasSize(1);
    world.stage(0, done("800 steps"));
    assertThat(world.status().artifacts()).as("nobody uses a model unjudged").isEmpty();
    world.stage(0, evaluated(FOLDER, "Passed"));

    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.jobs.jobs()).hasSize(3);
    assertThat(world.status().run().finishedAt()).isEqualTo(world.now);
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .containsExactly("model", "gallery", "manifest");
    assertThat(world.status().artifacts())
        .allMatch(one -> one.uri().startsWith("pvc://artifacts/" + FOLDER));
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(60 + 20);
    assertThat(world.status().usage().cost().amount()).isEqualTo("0.02");
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }

  @Test
  void theAttemptIsOnRecordBeforeItsJobExists() {
    var seen = world.observed(world.seenNow());
    var decision = HeadshotDecision.of(world.model, seen, HeadshotWorld.ERASE_PAUSE, world.now);
    var next =
        NextHeadshotStatus.of(world.model, seen, decision, HeadshotWorld.PROGRESS, world.now);

    assertThat(decision).isInstanceOf(Launch.class);
    assertThat(next.run().attempt()).isEqualTo(1);
    assertThat(next.run().runtime()).isEqualTo("sd15");
    assertThat(world.jobs.jobs()).isEmpty();
  }

  @Test
  void aCrashBetweenStatusAndJobStartsTheSameJobLater() {
    world.settle();
    var name = world.currentJob();
    world.jobs.delete(name);

    assertThat(world.reconcile()).isInstanceOf(Launch.class);
    assertThat(world.currentJob()).isEqualTo(name);
  }

  @Test
  void tooFewPhotosEndTheRunBeforeAGpuIsAskedFor() {
    world.settle();
    world.stage(42, failed("NotEnoughUsablePhotos", "6 of 16 photos usable, 10 needed"));

    assertThat(world.ready()).isEqualTo("False NotEnoughUsablePhotos");
    assertThat(world.message()).contains("6 of 16");
    assertTerminal();
    assertThat(world.jobs.jobs()).hasSize(1);
  }

  @Test
  void aTerminalFailureIsStickyForItsGenerationAndAnotherSpecTriesAgain() {
    world.settle();
    world.stage(0, photos());
    world.stage(42, failed("BadInput", "unet/config.json is no JSON"));
    world.pass(Duration.ofDays(300));
    assertThat(world.settle()).isInstanceOf(Rest.class);

    world.edit(spec -> new Edit(spec).limits(7200, 5, 0));
    world.settle();

    assertThat(world.status().run().attempt()).isEqualTo(2);
    assertThat(world.currentJob()).contains("-train-").endsWith("-2");
    assertThat(world.holds(ConditionType.Failed)).isFalse();
    assertThat(world.holds(ConditionType.Stalled)).isFalse();
    assertThat(world.status().observedGeneration()).isEqualTo(2);
  }

  @Test
  void aChangedSpecThatHasToWaitIsNotTakenForAnsweredFailure() {
    world.settle();
    world.stage(42, failed("BadInput", "no"));
    world.runtimes.clear();
    world.edit(spec -> new Edit(spec).limits(7200, 5, 0));
    world.settle();
    assertThat(world.ready()).isEqualTo("False RuntimeNotFound");
    assertThat(world.holds(ConditionType.Stalled)).isFalse();

    world.runtimes.add(Resources.runtime());
    world.settle();

    assertThat(world.currentJob()).contains("-intake-").endsWith("-2");
  }

  @Test
  void outOfMemoryIsTriedOnceWithHalfTheBatchAndTwiceTheAccumulation() throws Exception {
    world.settle();
    world.stage(0, photos());
    world.stage(43, failed("OutOfMemory", "needs 24 GiB"));

    assertThat(world.status().run().adjustments()).containsExactly(Adjustment.HalfBatch);
    var input = HeadshotInputs.train(world);
    assertThat(input.training().batchSize()).isEqualTo(2);
    assertThat(input.training().gradientAccumulation()).isEqualTo(2);

    world.stage(43, failed("OutOfMemory", "needs 13 GiB"));
    assertThat(world.ready()).isEqualTo("False OutOfMemory");
    assertTerminal();
  }

  @Test
  void aBatchOfOneHasNoHalf() {
    var single = new HeadshotWorld(Resources.model("batchSize: 4", "batchSize: 1"));
    single.settle();
    single.stage(0, photos());
    single.stage(43, failed("OutOfMemory", "needs 24 GiB"));

    assertThat(single.ready()).isEqualTo("False OutOfMemory");
    assertThat(single.status().run().attempt()).isEqualTo(1);
  }

  @Test
  void aPodKilledByTheKernelAtItsMemoryLimitCountsAsOutOfMemory() {
    world.settle();
    world.stage(0, photos());
    for (int i = 0; i < 3; i++) {
      world.stage(137, Optional.empty());
    }

    assertThat(world.status().run().adjustments()).containsExactly(Adjustment.HalfBatch);
    assertThat(ConditionSet.find(world.status().conditions(), ConditionType.Trained))
        .hasValueSatisfying(
            trained -> {
              assertThat(trained.getReason()).isEqualTo("OutOfMemory");
              assertThat(trained.getMessage()).contains("half the batch").contains("memory limit");
            });
  }

  @Test
  void divergenceIsTriedOnceWithHalfTheLearningRate() throws Exception {
    world.settle();
    world.stage(0, photos());
    double before = HeadshotInputs.train(world).training().learningRate();
    world.stage(44, failed("Diverged", "loss is NaN at step 12"));

    assertThat(world.status().run().adjustments()).containsExactly(Adjustment.HalfLearningRate);
    assertThat(HeadshotInputs.train(world).training().learningRate()).isEqualTo(before / 2);

    world.stage(44, failed("Diverged", "loss is NaN at step 15"));
    assertThat(world.ready()).isEqualTo("False Diverged");
    assertTerminal();
  }

  @Test
  void memoryAndDivergenceGetOneChanceEach() {
    world.settle();
    world.stage(0, photos());
    world.stage(43, failed("OutOfMemory", "needs 24 GiB"));
    world.stage(44, failed("Diverged", "loss is NaN"));

    assertThat(world.status().run().attempt()).isEqualTo(3);
    assertThat(world.status().run().adjustments())
        .containsExactly(Adjustment.HalfBatch, Adjustment.HalfLearningRate);
  }

  @Test
  void aCheckpointOnSigtermIsRetriedByTheSameJobAndNotCounted() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    for (int i = 0; i < 20; i++) {
      world.stage(75, Optional.empty());
    }

    assertThat(world.currentJob()).isEqualTo(job);
    assertThat(world.status().run().attempt()).isEqualTo(1);
  }

  @Test
  void anyOtherExitIsRetriedByKubernetesUpToTheLimit() {
    world.settle();
    world.stage(0, photos());
    world.stage(1, failed("StorageUnavailable", "s3 does not answer"));
    assertThat(world.ready()).isEqualTo("False Pending");
    assertThat(world.message()).contains("trying again").contains("s3 does not answer");
    world.stage(1, failed("StorageUnavailable", "s3 does not answer"));
    world.stage(1, failed("StorageUnavailable", "s3 does not answer"));

    assertThat(world.ready()).isEqualTo("False RetriesExhausted");
    assertThat(world.message()).contains("s3 does not answer");
    assertTerminal();
  }

  @Test
  void theJobsEndIsNotJudgedBeforeItsPodsWereHeard() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.conclude(job, 43, world.now);

    assertThat(world.settle()).isInstanceOf(Follow.class);
    assertThat(world.message()).contains("reading its result");
    assertThat(
            HeadshotRecheck.after(
                world.model, world.observed(world.seenNow()), world.reconcile(), world.now))
        .hasValue(Duration.ofSeconds(5));

    world.jobs.endPod(job, 43, "Error", failed("OutOfMemory", "needs 24 GiB"), world.now);
    world.settle();
    assertThat(world.status().run().adjustments()).containsExactly(Adjustment.HalfBatch);
  }

  @Test
  void theExitCodeOfARemovedPodIsReadFromTheJob() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.removePods(job);
    world.jobs.conclude(job, 43, world.now);
    world.pass(Duration.ofSeconds(31));
    world.settle();

    assertThat(world.status().run().adjustments()).containsExactly(Adjustment.HalfBatch);
  }

  @Test
  void aResultThatGotLostIsComputedAgainButNotForEver() {
    world.settle();
    for (int attempt = 1; attempt <= 3; attempt++) {
      var job = world.currentJob();
      world.jobs.start(job, world.now);
      world.jobs.removePods(job);
      world.jobs.conclude(job, 0, world.now);
      world.settle();
      assertThat(world.status().run().attempt()).isEqualTo(attempt);
      world.pass(Duration.ofSeconds(31));
      world.settle();
    }

    assertThat(world.ready()).isEqualTo("False RetriesExhausted");
    assertThat(world.message()).contains("removed before their result");
    assertTerminal();
  }

  @Test
  void aGateThatIsNotKeptShowsThePicturesAndKeepsTheModelBack() {
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("800 steps"));
    world.stage(0, evaluated(FOLDER, "Failed"));

    assertThat(world.ready()).isEqualTo("False GateFailed");
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .contains("gallery")
        .doesNotContain("manifest");
    assertTerminal();
  }

  @Test
  void suspendStopsTheJobCountsItsGpuAndResumeStartsTheSameAttempt() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.pass(Duration.ofMinutes(10));
    world.suspend(true);
    world.settle();

    assertThat(world.ready()).isEqualTo("False Suspended");
    assertThat(world.holds(ConditionType.Suspended)).isTrue();
    assertThat(world.jobs.unfinished()).isEmpty();
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(600);

    world.suspend(false);
    world.settle();
    assertThat(world.currentJob()).isEqualTo(job);
    assertThat(world.holds(ConditionType.Suspended)).isFalse();
    assertThat(world.status().run().attempt()).isEqualTo(1);
  }

  @Test
  void aHigherNonceStopsTheOldRunFirstAndForgetsWhatItSaid() {
    world.settle();
    world.stage(0, photos());
    var old = world.currentJob();
    var first = world.status().run().id();
    world.raiseNonce();
    assertThat(world.reconcile()).isInstanceOf(Supersede.class);
    assertThat(world.jobs.find(old)).isEmpty();
    world.settle();

    assertThat(world.status().run().id()).startsWith("r2-").isNotEqualTo(first);
    assertThat(world.status().dataset()).isNull();
    assertThat(world.holds(ConditionType.DatasetReady)).isFalse();
    assertThat(world.currentJob()).contains("-intake-r2-");
  }

  @Test
  void aNewRunHasABudgetOfItsOwn() {
    world.edit(spec -> new Edit(spec).limits(7200, 2, 50));
    world.settle();
    world.stage(0, photos());
    world.stage(0, done("800 steps"));
    assertThat(world.ready()).isEqualTo("False BudgetExceeded");
    assertTerminal();

    world.raiseNonce();
    world.settle();
    world.stage(0, photos());

    assertThat(world.currentJob()).contains("-train-r2-");
    assertThat(
            world.jobs.find(world.currentJob()).orElseThrow().getSpec().getActiveDeadlineSeconds())
        .isEqualTo(50L);
  }

  @Test
  void aDeadlineThatTheBudgetCutIsTheBudgetsEnd() {
    world.edit(spec -> new Edit(spec).limits(7200, 2, 100));
    world.settle();
    world.stage(0, photos());
    world.jobs.start(world.currentJob(), world.now);
    world.pass(Duration.ofSeconds(100));
    world.jobs.deadline(world.currentJob(), world.now);
    world.settle();

    assertThat(world.ready()).isEqualTo("False BudgetExceeded");
    assertThat(world.status().usage().gpuSeconds()).isEqualTo(100);
  }

  @Test
  void aDeadlineOfTheSpecSaysSo() {
    world.settle();
    world.jobs.start(world.currentJob(), world.now);
    world.pass(Duration.ofHours(2));
    world.jobs.deadline(world.currentJob(), world.now);
    world.settle();

    assertThat(world.ready()).isEqualTo("False DeadlineExceeded");
    assertThat(world.message()).contains("spec.limits.activeDeadlineSeconds");
  }

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

  @Test
  void expiredConsentErasesAndARenewedOneBeginsWithThePhotosAgain() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(0, photos());
    assertThat(
            HeadshotRecheck.after(
                world.model, world.observed(world.seenNow()), world.reconcile(), world.now))
        .hasValueSatisfying(delay -> assertThat(delay).isLessThanOrEqualTo(Duration.ofHours(1)));
    world.pass(Duration.ofHours(1));
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.currentJob()).contains("-erase-");
    world.stage(0, done("17 objects erased"));

    assertThat(world.ready()).isEqualTo("False ConsentExpired");
    assertThat(world.holds(ConditionType.PhotosErased)).isTrue();
    assertThat(world.status().dataset()).isNull();
    assertThat(world.settle()).isInstanceOf(Rest.class);

    world.edit(spec -> new Edit(spec).consentUntil(world.now.plus(Duration.ofHours(1))));
    world.settle();
    assertThat(world.currentJob()).contains("-intake-");
    assertThat(world.holds(ConditionType.PhotosErased)).isFalse();
  }

  @Test
  void aFailedRunIsErasedAsWellWhenTheConsentEnds() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(42, failed("BadInput", "no"));
    assertThat(
            HeadshotRecheck.after(
                world.model, world.observed(world.seenNow()), world.reconcile(), world.now))
        .isPresent();
    world.pass(Duration.ofHours(1));
    world.settle();

    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void anErasureThatFailsRestsLongerAndLonger() {
    world.edit(spec -> new Edit(spec).consentUntil(Resources.NOON.plus(Duration.ofHours(1))));
    world.settle();
    world.stage(0, photos());
    world.pass(Duration.ofHours(1));
    world.settle();
    world.stage(42, failed("StorageUnavailable", "refused"));
    assertThat(world.ready()).isEqualTo("False EraseFailed");
    assertThat(world.message()).contains("refused");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.jobs.unfinished()).isEmpty();
    world.pass(HeadshotWorld.ERASE_PAUSE);
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");

    world.pass(Duration.ofHours(1));
    world.stage(42, failed("StorageUnavailable", "refused"));
    world.pass(HeadshotWorld.ERASE_PAUSE);
    world.settle();
    assertThat(world.jobs.unfinished()).as("half of the hour that was tried so far").isEmpty();
    world.pass(Duration.ofMinutes(60));
    world.settle();
    assertThat(world.currentJob()).contains("-erase-");
  }

  @Test
  void aRunOnAnotherRuntimeErasesTheFirstOnesFilesWhereTheyAre() {
    world.settle();
    world.stage(0, photos());
    var other = Resources.runtime("name: sd15", "name: sdxl");
    world.runtimes.add(other);
    world.edit(spec -> new Edit(spec).runtime("sdxl", 1));
    world.settle();
    assertThat(world.ready()).isEqualTo("False Erasing");
    assertThat(world.currentJob()).contains("-erase-r1-");
    world.stage(0, done("9 objects erased"));
    world.settle();

    assertThat(world.status().run().runtime()).isEqualTo("sdxl");
    assertThat(world.currentJob()).contains("-intake-r2-");
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

  private void assertTerminal() {
    assertThat(List.of(ConditionType.Failed, ConditionType.Stalled)).allMatch(world::holds);
    assertThat(world.status().run().finishedAt()).isNotNull();
    assertThat(world.status().observedGeneration())
        .isEqualTo(world.model.getMetadata().getGeneration());
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }
}
