package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Luma;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import java.util.Arrays;

/**
 * pHash: the signs of the 64 lowest frequencies of a 32 x 32 picture against their median. It
 * survives another size, compression and brightness; two different pictures differ in about half of
 * the bits.
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 32;
  private static final int LOW = 8;

  /** Of a picture of any size. */
  public static PerceptualHash of(RgbImage picture) {
    double[] low = lowFrequencies(Luma.of(Resize.to(picture, SIDE, SIDE, Filter.BOX)));
    var sorted = low.clone();
    Arrays.sort(sorted);
    double median = (sorted[LOW * LOW / 2 - 1] + sorted[LOW * LOW / 2]) / 2;
    long bits = 0;
    for (int i = 0; i < low.length; i++) {
      bits |= low[i] > median ? 1L << i : 0;
    }
    return new PerceptualHash(bits);
  }

  /** Number of bits in which two hashes differ, 0 to 64. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  /**
   * Coefficients 1..8 in both directions of the DCT-II; the constant row and column carry light and
   * tilt only.
   */
  private static double[] lowFrequencies(Luma luma) {
    var rows = new double[SIDE][LOW];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < LOW; u++) {
        for (int x = 0; x < SIDE; x++) {
          rows[y][u] += luma.at(x, y) * cosine(x, u + 1);
        }
      }
    }
    var low = new double[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        for (int y = 0; y < SIDE; y++) {
          low[v * LOW + u] += rows[y][u] * cosine(y, v + 1);
        }
      }
    }
    return low;
  }

  private static double cosine(int at, int frequency) {
    return Math.cos(Math.PI * (2 * at + 1) * frequency / (2.0 * SIDE));
  }
}
