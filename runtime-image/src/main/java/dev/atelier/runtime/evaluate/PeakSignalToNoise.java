package dev.atelier.runtime.evaluate;

/** Peak signal to noise ratio in decibels, values 0..1. */
public final class PeakSignalToNoise {
  private PeakSignalToNoise() {}

  /** Over all values; infinite for equal ones. */
  public static double of(float[] a, float[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "pictures of one size are needed, not %d and %d values".formatted(a.length, b.length));
    }
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
    }
    return -10 * Math.log10(squares / a.length);
  }
}
