package dev.atelier.runtime.image;

/**
 * Resizing bit-equal to Pillow's: 8-bit pixels, weights in fixed point of 22 bits, rounded to 8
 * bits after each pass ({@code Resample.c}). Feature models were measured with it, so their numbers
 * depend on it; everything else uses {@link Resize}.
 */
public final class PillowResize {
  private static final int BITS = 22;

  private PillowResize() {}

  /** The whole picture at another size, values rounded to 0..255 before and after. */
  public static RgbImage to(RgbImage source, int width, int height, Filter filter) {
    var rounded = rounded(source);
    var rows =
        width == source.width()
            ? rounded
            : across(rounded, Taps.of(filter, source.width(), 0, source.width(), width));
    return height == source.height()
        ? rows
        : down(rows, Taps.of(filter, source.height(), 0, source.height(), height));
  }

  /**
   * The same of pictures of floating point numbers (Pillow's mode F): sums in double precision,
   * nothing is rounded or cut, so a sharp edge may leave 0..255.
   */
  public static RgbImage unrounded(RgbImage source, int width, int height, Filter filter) {
    var across = Taps.of(filter, source.width(), 0, source.width(), width);
    var down = Taps.of(filter, source.height(), 0, source.height(), height);
    var rows = new float[width * source.height() * 3];
    for (int i = 0; i < rows.length; i++) {
      int pixel = i / 3;
      int from = (pixel / width * source.width() + across.first(pixel % width)) * 3 + i % 3;
      rows[i] = exact(source.values(), from, 3, across.exactWeights(pixel % width));
    }
    int stride = width * 3;
    var values = new float[height * stride];
    for (int i = 0; i < values.length; i++) {
      int y = i / stride;
      values[i] = exact(rows, down.first(y) * stride + i % stride, stride, down.exactWeights(y));
    }
    return new RgbImage(width, height, values);
  }

  private static float exact(float[] values, int from, int stride, double... weights) {
    double sum = 0;
    int at = from;
    for (double weight : weights) {
      sum += values[at] * weight;
      at += stride;
    }
    return (float) sum;
  }

  private static RgbImage rounded(RgbImage source) {
    var values = source.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(255, Math.round(values[i])));
    }
    return new RgbImage(source.width(), source.height(), values);
  }

  private static RgbImage across(RgbImage source, Taps taps) {
    int width = taps.count();
    var values = new float[width * source.height() * 3];
    for (int x = 0; x < width; x++) {
      int[] weights = fixed(taps.exactWeights(x));
      for (int y = 0; y < source.height(); y++) {
        int from = (y * source.width() + taps.first(x)) * 3;
        for (int channel = 0; channel < 3; channel++) {
          values[(y * width + x) * 3 + channel] = sum(source.values(), from + channel, 3, weights);
        }
      }
    }
    return new RgbImage(width, source.height(), values);
  }

  private static RgbImage down(RgbImage source, Taps taps) {
    int stride = source.width() * 3;
    var values = new float[taps.count() * stride];
    for (int y = 0; y < taps.count(); y++) {
      int[] weights = fixed(taps.exactWeights(y));
      for (int i = 0; i < stride; i++) {
        values[y * stride + i] = sum(source.values(), taps.first(y) * stride + i, stride, weights);
      }
    }
    return new RgbImage(source.width(), taps.count(), values);
  }

  private static float sum(float[] values, int from, int stride, int... weights) {
    int sum = 1 << (BITS - 1);
    int at = from;
    for (int weight : weights) {
      sum += ((int) values[at]) * weight;
      at += stride;
    }
    return Math.max(0, Math.min(255, sum >> BITS));
  }

  /** Rounds half away from zero. */
  private static int[] fixed(double... weights) {
    var fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      double scaled = weights[i] * (1 << BITS);
      fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return fixed;
  }
}
