package dev.atelier.runtime.image;

/**
 * Which source pixels, with which weights, make each target pixel along one axis. Weights sum to 1
 * over the pixels inside the picture, so that borders keep their brightness.
 */
final class Taps {
  private final int[] first;
  private final double[][] exact;
  private final float[][] weights;

  private Taps(int[] first, double[][] exact) {
    this.first = first;
    this.exact = exact;
    this.weights = new float[exact.length][];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = new float[exact[i].length];
      for (int k = 0; k < exact[i].length; k++) {
        weights[i][k] = (float) exact[i][k];
      }
    }
  }

  /** Taps that stretch the source interval [from, to) over {@code target} pixels. */
  static Taps of(Filter filter, int source, double from, double to, int target) {
    double scale = (to - from) / target;
    double spread = Math.max(1, scale);
    double support = filter.support() * spread;
    var first = new int[target];
    var weights = new double[target][];
    for (int i = 0; i < target; i++) {
      double centre = from + (i + 0.5) * scale;
      int start = clamp((int) Math.floor(centre - support + 0.5), source);
      int end = Math.max(start + 1, Math.min(source, (int) Math.floor(centre + support + 0.5)));
      first[i] = start;
      weights[i] = normalised(filter, start, end, centre, spread);
    }
    return new Taps(first, weights);
  }

  private static int clamp(int start, int source) {
    return Math.max(0, Math.min(source - 1, start));
  }

  private static double[] normalised(
      Filter filter, int start, int end, double centre, double spread) {
    var row = new double[end - start];
    double sum = 0;
    for (int k = 0; k < row.length; k++) {
      row[k] = filter.weight((start + k + 0.5 - centre) / spread);
      sum += row[k];
    }
    for (int k = 0; k < row.length; k++) {
      row[k] = sum == 0 ? 1.0 / row.length : row[k] / sum;
    }
    return row;
  }

  int count() {
    return first.length;
  }

  int first(int target) {
    return first[target];
  }

  /** The first source pixel that is read at all. */
  int start() {
    return first[0];
  }

  /** Behind the last source pixel that is read. */
  int end() {
    int last = count() - 1;
    return first[last] + weights[last].length;
  }

  double[] exactWeights(int target) {
    return exact[target];
  }

  float[] weights(int target) {
    return weights[target];
  }
}
