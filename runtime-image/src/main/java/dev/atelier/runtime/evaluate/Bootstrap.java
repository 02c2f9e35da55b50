package dev.atelier.runtime.evaluate;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap (Efron 1979) of a mean over pictures. The seed makes a report repeatable;
 * the interval says how much the number would move with other pictures of the same model.
 */
public final class Bootstrap {
  private static final int ROUNDS = 2000;
  private static final double LEVEL = 0.95;

  private Bootstrap() {}

  /** The 95 % interval of the mean; empty with fewer than two values. */
  public static Optional<Interval> ofMean(double[] values, long seed) {
    if (values.length < 2) {
      return Optional.empty();
    }
    var random = new SplittableRandom(seed);
    var means = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[round] = sum / values.length;
    }
    Arrays.sort(means);
    double tail = (1 - LEVEL) / 2;
    return Optional.of(new Interval(quantile(means, tail), quantile(means, 1 - tail), LEVEL));
  }

  /** Linear between the two nearest values. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
