package dev.atelier.runtime.evaluate;

import java.util.Arrays;

/** Makes readings of means with their intervals. */
final class Readings {
  /** Any number would do; a fixed one makes reports repeatable. */
  private static final long SEED = 20_230_915;

  private Readings() {}

  /** The mean of at least one value with its bootstrap interval. */
  static Reading.Measured ofMean(String name, double[] values, String explanation, String model) {
    return new Reading.Measured(
        name,
        Arrays.stream(values).average().orElseThrow(),
        explanation,
        model,
        Bootstrap.ofMean(values, SEED));
  }

  /** A number of whole sets, for which resampling pictures would itself change the number. */
  static Reading.Measured ofSets(String name, double value, String explanation, String model) {
    return new Reading.Measured(name, value, explanation, model, java.util.Optional.empty());
  }
}
