package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.Bootstrap;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What each of the pictures of a checkpoint scores. Picture i of two checkpoints has the same
 * prompt and the same noise, so they are compared in pairs.
 *
 * @param pictures scores of single pictures, all with the checkpoint's step
 */
record MeasuredCheckpoint(int step, List<CheckpointScore> pictures) {

  private static final long SEED = 5;

  /** A score, turned so that higher is better. */
  enum Axis {
    IDENTITY(CheckpointScore::identity),
    PROMPT_ALIGNMENT(CheckpointScore::promptAlignment),
    MEMORISATION(score -> -score.memorisation());

    private final Function<CheckpointScore, Double> value;

    Axis(Function<CheckpointScore, Double> value) {
      this.value = value;
    }
  }

  /** The means. */
  CheckpointScore score() {
    return new CheckpointScore(
        step,
        mean(pictures.stream().map(CheckpointScore::identity)),
        mean(pictures.stream().map(CheckpointScore::promptAlignment)),
        mean(pictures.stream().map(CheckpointScore::memorisation)));
  }

  /** How much better this one is on an axis: the mean over the pairs, and where it would lie. */
  Lead over(MeasuredCheckpoint other, Axis axis) {
    double[] pairs =
        IntStream.range(0, pictures.size())
            .mapToDouble(
                i -> axis.value.apply(pictures.get(i)) - axis.value.apply(other.pictures.get(i)))
            .toArray();
    return new Lead(
        Arrays.stream(pairs).average().orElseThrow(), Bootstrap.ofMean(pairs, SEED).orElseThrow());
  }

  /** Better on some axis and worse on none, by more than the pictures' noise. */
  boolean beats(MeasuredCheckpoint other) {
    var leads = Arrays.stream(Axis.values()).map(axis -> over(other, axis)).toList();
    return leads.stream().anyMatch(Lead::isAhead) && leads.stream().noneMatch(Lead::isBehind);
  }

  /**
   * How far one is ahead of another.
   *
   * @param interval 95 % of what other pictures of both would give
   */
  record Lead(double mean, Interval interval) {

    boolean isAhead() {
      return interval.low() > 0;
    }

    boolean isBehind() {
      return interval.high() < 0;
    }
  }

  private static double mean(Stream<Double> values) {
    return values.mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
