package dev.atelier.operator.headshot;

import static dev.atelier.operator.headshot.TerminalRun.assertTerminal;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionType;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.testing.Resources;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which failures end a run, which are tried again, and what another spec makes of them. */
class HeadshotFailureTest {

  private final HeadshotWorld world = new HeadshotWorld();

  @Test
  void tooFewPhotosEndTheRunBeforeAGpuIsAskedFor() {
    world.settle();
    world.stage(42, failed("NotEnoughUsablePhotos", "6 of 16 photos usable, 10 needed"));

    assertThat(world.ready()).isEqualTo("False NotEnoughUsablePhotos");
    assertThat(world.message()).contains("6 of 16");
    assertTerminal(world);
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
    assertTerminal(world);
  }
}
