package dev.atelier.runtime.video;

import dev.atelier.runtime.image.RgbImage;

/**
 * How a phone was held: the stored picture is turned before it is shown.
 *
 * @param clockwise quarter turns, 0 to 3
 */
record QuarterTurn(int clockwise) {

  /** The nearest quarter turn of the display matrix's angle; FFmpeg counts anticlockwise. */
  static QuarterTurn ofDisplayMatrix(double degrees) {
    return Double.isNaN(degrees)
        ? new QuarterTurn(0)
        : new QuarterTurn(Math.floorMod(Math.round(-degrees / 90), 4));
  }

  boolean swapsSides() {
    return clockwise % 2 == 1;
  }

  RgbImage shown(RgbImage stored) {
    if (clockwise == 0) {
      return stored;
    }
    int width = swapsSides() ? stored.height() : stored.width();
    int height = swapsSides() ? stored.width() : stored.height();
    var values = new float[width * height * 3];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = source(x, y, stored) * 3;
        values[at++] = stored.values()[from];
        values[at++] = stored.values()[from + 1];
        values[at++] = stored.values()[from + 2];
      }
    }
    return new RgbImage(width, height, values);
  }

  /** Index of the stored pixel that shows at (x, y). */
  private int source(int x, int y, RgbImage stored) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return switch (clockwise) {
      case 1 -> (bottom - x) * stored.width() + y;
      case 2 -> (bottom - y) * stored.width() + (right - x);
      default -> x * stored.width() + (right - y);
    };
  }
}
