package dev.atelier.runtime.stage;

/** How far apart weights are. */
final class RelativeDistance {

  private RelativeDistance() {}

  /** The length of the difference of two vectors by that of the first. */
  static double of(float[] one, float[] other) {
    if (one.length != other.length) {
      throw new AssertionError("%d values and %d".formatted(one.length, other.length));
    }
    double difference = 0;
    double length = 0;
    for (int i = 0; i < one.length; i++) {
      difference += Math.pow(one[i] - other[i], 2);
      length += Math.pow(one[i], 2);
    }
    return Math.sqrt(difference / length);
  }
}
