package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error
 * visibility to structural similarity", 2004): Gaussian window of 11 pixels and deviation 1.5, K1
 * 0.01, K2 0.03, values 0..1, averaged over the windows that lie fully inside the picture. 1 is the
 * same picture, near 0 nothing in common; negative for inverted structure.
 */
public final class Ssim {
  /** Smallest edge that holds a window. */
  static final int MIN_EDGE = 11;

  private static final double DEVIATION = 1.5;
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;
  private static final double[] WINDOW = window();

  private Ssim() {}

  /** Mean over the three channels of two pictures of one size. */
  static double of(RgbImage a, RgbImage b) {
    double sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      sum += of(Plane.of(a, channel), Plane.of(b, channel));
    }
    return sum / 3;
  }

  /**
   * As torchmetrics computes it: borders mirrored by half a window, averaged over the whole
   * picture. Differs from {@link #of} by some hundredths on small pictures; never mix the two.
   */
  public static double mirrored(Plane a, Plane b) {
    return of(a.mirrored(MIN_EDGE / 2), b.mirrored(MIN_EDGE / 2));
  }

  /** Mean over the windows inside two planes of one size. */
  public static double of(Plane a, Plane b) {
    checkSizes(a, b);
    double[] meanA = blurred(a);
    double[] meanB = blurred(b);
    double[] squareA = blurred(a.times(a));
    double[] squareB = blurred(b.times(b));
    double[] product = blurred(a.times(b));
    double sum = 0;
    for (int i = 0; i < meanA.length; i++) {
      double both = meanA[i] * meanB[i];
      double squares = meanA[i] * meanA[i] + meanB[i] * meanB[i];
      double covariance = product[i] - both;
      double variances = squareA[i] + squareB[i] - squares;
      sum += (2 * both + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum / meanA.length;
  }

  private static void checkSizes(Plane a, Plane b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "pictures of one size are needed, not %dx%d and %dx%d"
              .formatted(a.width(), a.height(), b.width(), b.height()));
    }
    if (Math.min(a.width(), a.height()) < MIN_EDGE) {
      throw new IllegalArgumentException("a picture needs %d pixels each way".formatted(MIN_EDGE));
    }
  }

  /** Window means, {@code [height - 10, width - 10]}: along the rows, then along the columns. */
  private static double[] blurred(Plane plane) {
    int across = plane.width() - WINDOW.length + 1;
    int down = plane.height() - WINDOW.length + 1;
    var rows = new double[plane.height() * across];
    for (int i = 0; i < rows.length; i++) {
      int from = i / across * plane.width() + i % across;
      rows[i] = weighted(plane.values(), from, 1);
    }
    var means = new double[down * across];
    for (int i = 0; i < means.length; i++) {
      means[i] = weighted(rows, i, across);
    }
    return means;
  }

  private static double weighted(double[] values, int from, int stride) {
    double sum = 0;
    for (int k = 0; k < WINDOW.length; k++) {
      sum += WINDOW[k] * values[from + k * stride];
    }
    return sum;
  }

  private static double[] window() {
    var weights = new double[MIN_EDGE];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double x = (i - MIN_EDGE / 2) / DEVIATION;
      weights[i] = Math.exp(-x * x / 2);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
