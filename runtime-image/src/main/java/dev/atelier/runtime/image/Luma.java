package dev.atelier.runtime.image;

import java.util.Arrays;

/**
 * Brightness of a picture: {@code [height, width]}, 0..255, ITU-R BT.601 weights as JPEG and OpenCV
 * use them.
 */
public final class Luma {
  private final int width;
  private final int height;
  private final float[] values;

  private Luma(int width, int height, float[] values) {
    this.width = width;
    this.height = height;
    this.values = values;
  }

  public static Luma of(RgbImage image) {
    var rgb = image.values();
    var values = new float[image.width() * image.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.299f * rgb[3 * i] + 0.587f * rgb[3 * i + 1] + 0.114f * rgb[3 * i + 2];
    }
    return new Luma(image.width(), image.height(), values);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public float at(int x, int y) {
    return values[y * width + x];
  }

  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The brightness that the given share (0..1) of the pixels stays at or below. */
  public double quantile(double share) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** The share (0..1) of pixels at or above a brightness. */
  public double shareAtLeast(double brightness) {
    int count = 0;
    for (float value : values) {
      count += value >= brightness ? 1 : 0;
    }
    return (double) count / values.length;
  }

  /**
   * Variance of the 4-neighbour Laplacian: the usual measure of focus; depends on the picture's
   * size.
   */
  public double laplacianVariance() {
    double sum = 0;
    double squares = 0;
    int count = (width - 2) * (height - 2);
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        double value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / count;
    return squares / count - mean * mean;
  }
}
