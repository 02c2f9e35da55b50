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
    // Rows add up as a whole, which is fast: first where that leaves fewer of them.
    return height < region.height()
        ? across(down(source, down, 0, across.start(), across.end()), across, across.start())
        : down(
            across(read(source, across, down), across, across.start()),
            down,
            down.start(),
            0,
            width);
  }

  /** The part that is read at all. */
  private static RgbImage read(RgbImage source, Taps across, Taps down) {
    return source.part(
        across.start(), down.start(), across.end() - across.start(), down.end() - down.start());
  }

  /**
   * @param left the column that the first one of {@code source} is to the taps
   */
  private static RgbImage across(RgbImage source, Taps across, int left) {
    int width = across.count();
    var target = new float[source.height() * width * 3];
    float[] values = source.values();
    int at = 0;
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < width; x++) {
        float red = 0;
        float green = 0;
        float blue = 0;
        int from = (y * source.width() + across.first(x) - left) * 3;
        for (float weight : across.weights(x)) {
          red += weight * values[from];
          green += weight * values[from + 1];
          blue += weight * values[from + 2];
          from += 3;
        }
        target[at++] = red;
        target[at++] = green;
        target[at++] = blue;
      }
    }
    return new RgbImage(width, source.height(), target);
  }

  /**
   * The columns {@code left} to {@code right}, the latter exclusive.
   *
   * @param top the row that the first one of {@code source} is to the taps
   */
  private static RgbImage down(RgbImage source, Taps down, int top, int left, int right) {
    int stride = (right - left) * 3;
    var target = new float[down.count() * stride];
    for (int y = 0; y < down.count(); y++) {
      int from = ((down.first(y) - top) * source.width() + left) * 3;
      for (float weight : down.weights(y)) {
        add(weight, source.values(), from, target, y * stride, stride);
        from += source.width() * 3;
      }
    }
    return new RgbImage(right - left, down.count(), target);
  }

  private static void add(
      float weight, float[] source, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] += weight * source[from + i];
    }
  }
}
