package dev.atelier.runtime.evaluate;

import java.util.Arrays;

/**
 * A mean over subsets or splits with the spread between them.
 *
 * @param deviation population standard deviation
 */
public record MeanAndDeviation(double mean, double deviation) {

  /** Of values that count alike. */
  public static MeanAndDeviation of(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new MeanAndDeviation(mean, Math.sqrt(squares / values.length));
  }
}
