package dev.atelier.operator.headshot;

import static dev.atelier.operator.headshot.TerminalRun.assertTerminal;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.run.RunDecision.Follow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a pod ended, when the word of it comes late or never. */
class HeadshotPodResultTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void theJobsEndIsNotJudgedBeforeItsPodsWereHeard() {
    world.settle();
    world.stage(0, photos());
    var job = world.currentJob();
    world.jobs.start(job, world.now);
    world.jobs.conclude(job, 43, world.now);

    assertThat(world.settle()).isInstanceOf(Follow.class);
    assertThat(world.message()).contains("reading its result");
    assertThat(world.recheck()).hasValue(Duration.ofSeconds(5));

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
    assertTerminal(world);
  }
}
