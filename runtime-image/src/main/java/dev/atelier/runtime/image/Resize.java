package dev.atelier.runtime.image;

/**
 * Resizing with antialiasing: the kernel is stretched by the reduction factor, so that every source
 * pixel counts (the way Pillow does it; Java2D's own interpolation reads 2x2 or 4x4 neighbours only
 * and aliases when a phone photo becomes a training picture).
 */
public final class Resize {
  private Resize() {}

  /** The whole picture at another size. */
  public static RgbImage to(RgbImage source, int width, int height, Filter filter) {
    return region(source, source.bounds(), width, height, filter);
  }

  /** The whole picture, reduced so that its longer edge is at most {@code edge} pixels. */
  public static RgbImage atMost(RgbImage source, int edge, Filter filter) {
    int longer = Math.max(source.width(), source.height());
    if (longer <= edge) {
      return source;
    }
    double factor = (double) edge / longer;
    int width = (int) Math.max(1, Math.round(source.width() * factor));
    int height = (int) Math.max(1, Math.round(source.height() * factor));
    return to(source, width, height, filter);
  }

  /** The whole picture, enlarged so that its shorter edge is at least {@code edge} pixels. */
  public static RgbImage atLeast(RgbImage source, int edge, Filter filter) {
    int shorter = Math.min(source.width(), source.height());
    if (shorter >= edge) {
      return source;
    }
    double factor = (double) edge / shorter;
    int width = (int) Math.round(source.width() * factor);
    int height = (int) Math.round(source.height() * factor);
    return to(source, width, height, filter);
  }

  /** A region of the picture, which must lie inside it, at the given size. */
  public static RgbImage region(
      RgbImage source, Region region, int width, int height, Filter filter) {
    var across = Taps.of(filter, source.width(), region.left(), region.right(), width);
    var down = Taps.of(filter, source.height(), region.top(), region.bottom(), height);
    int top = down.first(0);
    int bottom = down.first(height - 1) + down.weights(height - 1).length;
    var rows = horizontal(source, across, top, bottom);
    return vertical(rows, width, top, down);
  }

  private static float[] horizontal(RgbImage source, Taps across, int top, int bottom) {
    int width = across.count();
    var rows = new float[(bottom - top) * width * 3];
    float[] values = source.values();
    int at = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < width; x++) {
        float red = 0;
        float green = 0;
        float blue = 0;
        int from = (y * source.width() + across.first(x)) * 3;
        for (float weight : across.weights(x)) {
          red += weight * values[from];
          green += weight * values[from + 1];
          blue += weight * values[from + 2];
          from += 3;
        }
        rows[at++] = red;
        rows[at++] = green;
        rows[at++] = blue;
      }
    }
    return rows;
  }

  private static RgbImage vertical(float[] rows, int width, int top, Taps down) {
    int stride = width * 3;
    var values = new float[down.count() * stride];
    for (int y = 0; y < down.count(); y++) {
      int from = (down.first(y) - top) * stride;
      int to = y * stride;
      for (float weight : down.weights(y)) {
        for (int i = 0; i < stride; i++) {
          values[to + i] += weight * rows[from + i];
        }
        from += stride;
      }
    }
    return new RgbImage(width, down.count(), values);
  }
}
