package dev.atelier.operator.video;

import static dev.atelier.operator.testing.Judged.rising;
import static dev.atelier.operator.testing.Judged.trained;
import static dev.atelier.operator.testing.Judged.video;
import static dev.atelier.operator.testing.Words.done;
import static dev.atelier.operator.testing.Words.evaluated;
import static dev.atelier.operator.testing.Words.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionType;
import dev.atelier.api.MetricValue;
import dev.atelier.api.RoundStatus;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A VideoGenerator from its clips to a published model, by the rules of every run. */
class VideoRunTest {

  private static final String FOLDER = "studio/VideoGenerator/clips-7c8d9e0f/r1";

  private VideoWorld world = VideoWorld.prepared();

  @Test
  void clipsArePreparedInSharesThenTheModelIsTrainedAndTried() {
    world.settle();
    assertThat(world.currentJob()).startsWith("clips-preparevideo-r1-");
    prepare();
    assertThat(world.holds(ConditionType.DatasetReady)).isTrue();
    assertThat(world.status().dataset().photos()).as("of the whole set").isEqualTo(8);
    assertThat(world.status().dataset().rejected()).hasSize(1);
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .containsExactly("report");
    assertThat(world.currentJob()).startsWith("clips-train-r1-");
    world.stage(0, done("2500 steps"));
    assertThat(world.currentJob()).startsWith("clips-evaluate-r1-");
    world.stage(0, evaluated(FOLDER, "Passed"));

    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.message()).isEqualTo("the video model can be used");
    assertThat(world.status().artifacts())
        .extracting(ArtifactStatus::name)
        .contains("report", "manifest");
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }

  @Test
  void theLossOfWhatIsNotLearnedIsThereRoundByRound() {
    world.settle();
    prepare();
    var rounds = rising(video(100, "0.9"), video(200, "0.7"));

    world.stage(0, trained(rounds));
    world.stage(0, evaluated(FOLDER, "Passed"));

    assertThat(world.status().evaluation().rounds())
        .containsExactly(
            new RoundStatus(100, List.of(new MetricValue("validationLoss", "0.9")), false, false),
            new RoundStatus(200, List.of(new MetricValue("validationLoss", "0.7")), true, true));
  }

  @Test
  void aDatasetWithoutTrainingIsPreparedAndThatIsAll() {
    world = new VideoWorld(Resources.videoWithoutTraining());
    world.settle();
    var job = world.jobs.find(world.currentJob()).orElseThrow();
    assertThat(job.getSpec().getCompletions()).isEqualTo(2);
    assertThat(job.getSpec().getCompletionMode()).isEqualTo("Indexed");
    assertThat(
            job.getSpec().getTemplate().getSpec().getContainers().get(0).getResources().getLimits())
        .as("judging and cutting takes no GPU")
        .doesNotContainKey("nvidia.com/gpu");
    prepare();

    assertThat(world.ready()).isEqualTo("True Published");
    assertThat(world.message()).startsWith("the clips are prepared");
    assertThat(world.status().usage().gpuSeconds()).isZero();
    assertThat(world.jobs.jobs()).hasSize(1);
  }

  @Test
  void aReportThatGotLostIsAskedForOnceMore() {
    world.settle();
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.endPod(job, 0, "Completed", VideoWorld.share(), world.now);
    world.jobs.start(job, world.now);
    world.jobs.end(job, 0, VideoWorld.share(), world.now);
    world.settle();

    assertThat(world.status().run().attempt()).isEqualTo(2);
    assertThat(world.currentJob()).endsWith("-2");
  }

  @Test
  void withoutAUsableClipTheRunEndsAndSaysWhy() {
    world.settle();
    world.stage(42, failed("NotEnoughUsableClips", "none of 8 clips is usable: 8 Static"));

    assertThat(world.ready()).isEqualTo("False NotEnoughUsableClips");
    assertThat(world.holds(ConditionType.Failed)).isTrue();
    assertThat(world.holds(ConditionType.DatasetReady)).isFalse();
    assertThat(world.jobs.jobs()).as("no GPU was asked for").hasSize(1);
    assertThat(world.reconcile()).isInstanceOf(Rest.class);
  }

  @Test
  void whatTheImageDoesNotDoEndsTheRunPlainly() {
    world.settle();
    prepare();
    world.stage(42, failed("NotSupported", "model wan has no transformer/config.json"));

    assertThat(world.ready()).isEqualTo("False NotSupported");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
  }

  @Test
  void outOfMemoryGetsHalfTheBatchOnce() {
    world.settle();
    prepare();
    world.stage(43, Optional.empty());

    assertThat(world.currentJob()).endsWith("-2");
    assertThat(world.status().run().adjustments()).hasSize(1);
  }

  @Test
  void aLossThatIsNoNumberGetsHalfTheRateOnce() {
    world.settle();
    prepare();
    world.stage(44, Optional.empty());

    assertThat(world.currentJob()).startsWith("clips-train-r1-").endsWith("-2");
    assertThat(world.status().run().adjustments())
        .containsExactly(RunStatus.Adjustment.HalfLearningRate);
    world.stage(44, Optional.empty());
    assertThat(world.ready()).isEqualTo("False Diverged");
    assertThat(world.holds(ConditionType.Failed)).isTrue();
  }

  @Test
  void aTrainingThatIsSuspendedGoesOnFromItsCheckpoint() {
    world.settle();
    prepare();
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.pass(Duration.ofMinutes(3));
    world.suspend(true);
    world.settle();
    assertThat(world.ready()).isEqualTo("False Suspended");
    assertThat(world.jobs.unfinished()).isEmpty();
    assertThat(world.status().dataset().photos()).as("what was prepared stays").isEqualTo(8);

    world.suspend(false);
    world.settle();
    assertThat(world.currentJob()).as("the same attempt and checkpoints").isEqualTo(job);
    world.stage(0, done("2500 steps"));
    assertThat(world.currentJob()).startsWith("clips-evaluate-r1-");
  }

  @Test
  void suspendStopsThePodsAndResumeGoesOnWithTheSameAttempt() {
    world.settle();
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.pass(Duration.ofMinutes(3));
    world.suspend(true);
    world.settle();
    assertThat(world.ready()).isEqualTo("False Suspended");
    assertThat(world.jobs.unfinished()).isEmpty();

    world.suspend(false);
    world.settle();
    assertThat(world.currentJob()).isEqualTo(job);
  }

  @Test
  void aBaseModelAloneIsTriedBeforeItIsUsed() {
    world = new VideoWorld(Resources.videoOfTheBaseModel());

    assertThat(world.settle()).isNotInstanceOf(Launch.class);
    assertThat(world.currentJob()).startsWith("clips-evaluate-r1-");
  }

  @Test
  void aSecondReconcileChangesNothing() {
    world.settle();
    var status = world.status();
    var jobs = world.jobs.jobs();

    world.reconcile();

    assertThat(world.status()).isEqualTo(status);
    assertThat(world.jobs.jobs()).isEqualTo(jobs);
  }

  @Test
  void whatThisReleaseDoesNotRunIsRefusedBeforeAnythingStarts() {
    world = new VideoWorld(Resources.video("  evaluation: {sampler: {clipSkip: 1}}\n"));

    world.settle();

    assertThat(world.ready()).isEqualTo("False NotSupported");
    assertThat(world.holds(ConditionType.Stalled)).isTrue();
    assertThat(world.message()).contains("remove spec.evaluation.sampler.clipSkip");
    assertThat(world.jobs.jobs()).isEmpty();
  }

  /** Two pods share the preparation; the second puts all together. */
  private void prepare() {
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.pass(Duration.ofMinutes(1));
    world.jobs.endPod(job, 0, "Completed", VideoWorld.share(), world.now);
    world.jobs.start(job, world.now);
    world.jobs.end(job, 0, VideoWorld.whole(), world.now);
    world.settle();
  }
}
