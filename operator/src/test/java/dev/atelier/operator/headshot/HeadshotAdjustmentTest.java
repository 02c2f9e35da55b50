package dev.atelier.operator.headshot;

import static dev.atelier.operator.headshot.TerminalRun.assertTerminal;
import static dev.atelier.operator.testing.Words.failed;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.testing.Resources;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A training that fails for want of memory, or diverges, gets one easier attempt. */
class HeadshotAdjustmentTest {

  private final HeadshotWorld world = new HeadshotWorld();

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
    assertTerminal(world);
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
    assertTerminal(world);
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
}
