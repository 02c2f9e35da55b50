package dev.atelier.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.stage.MeasuredCheckpoint.Axis;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredCheckpointTest {

  private static final int PICTURES = 64;

  @Test
  void whatIsBetterInEveryPairBeatsThoughPicturesDifferMuchMore() {
    var better = checkpoint(200, 0.05, 0, 0);
    var worse = checkpoint(900, 0, 0, 0);

    assertThat(better.over(worse, Axis.IDENTITY).mean()).isCloseTo(0.05, within(1e-12));
    assertThat(better.beats(worse)).isTrue();
    assertThat(worse.beats(better)).isFalse();
  }

  @Test
  void copyingMoreIsWorse() {
    var copying = checkpoint(900, 0, 0, 0.1);
    var original = checkpoint(200, 0, 0, 0);

    assertThat(original.over(copying, Axis.MEMORISATION).mean()).isCloseTo(0.1, within(1e-12));
    assertThat(original.beats(copying)).isTrue();
  }

  @Test
  void betterInOneAndWorseInAnotherBeatsNeitherWay() {
    var alike = checkpoint(900, 0.1, 0, 0.1);
    var original = checkpoint(200, 0, 0, 0);

    assertThat(alike.beats(original)).isFalse();
    assertThat(original.beats(alike)).isFalse();
  }

  @Test
  void aLeadWithinTheNoiseOfThePicturesIsNone() {
    var random = new Random(3);
    var noisy =
        new MeasuredCheckpoint(
            900,
            IntStream.range(0, PICTURES)
                .mapToObj(i -> new CheckpointScore(900, random.nextGaussian(), 0.8, 0.5))
                .toList());
    var other =
        new MeasuredCheckpoint(
            200,
            IntStream.range(0, PICTURES)
                .mapToObj(i -> new CheckpointScore(200, random.nextGaussian(), 0.8, 0.5))
                .toList());

    assertThat(noisy.over(other, Axis.IDENTITY).mean()).isNotZero();
    assertThat(noisy.beats(other)).isFalse();
    assertThat(other.beats(noisy)).isFalse();
  }

  /** Pictures that differ among each other far more than by what is added to all. */
  private static MeasuredCheckpoint checkpoint(
      int step, double identity, double alignment, double memorisation) {
    var random = new Random(7);
    return new MeasuredCheckpoint(
        step,
        IntStream.range(0, PICTURES)
            .mapToObj(
                i ->
                    new CheckpointScore(
                        step,
                        random.nextDouble() + identity,
                        random.nextDouble() + alignment,
                        random.nextDouble() + memorisation))
            .toList());
  }
}
