package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.RgbImage;

/**
 * A square cut out of a picture by a similarity: bilinear, the mean of several samples a pixel
 * where the picture is reduced, black outside it.
 */
final class Warp {
  private final RgbImage picture;
  private final Similarity toPicture;
  private final int samples;

  private Warp(RgbImage picture, Similarity toPicture) {
    this.picture = picture;
    this.toPicture = toPicture;
    this.samples = (int) Math.max(1, Math.ceil(toPicture.scale())); // per axis
  }

  /**
   * The square, {@code [side, side, 3]}.
   *
   * @param toPicture from places in the square to places in the picture
   */
  static RgbImage of(RgbImage picture, Similarity toPicture, int side) {
    var warp = new Warp(picture, toPicture);
    var values = new float[side * side * 3];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        warp.pixel(x, y, values, 3 * (y * side + x));
      }
    }
    return new RgbImage(side, side, values);
  }

  private void pixel(int x, int y, float[] values, int into) {
    for (int i = 0; i < samples * samples; i++) {
      var at =
          toPicture.apply(x + (i % samples + 0.5) / samples, y + (i / samples + 0.5) / samples);
      add(at.x() - 0.5, at.y() - 0.5, values, into);
    }
  }

  /** Adds one sample, bilinear, to the mean of a pixel. */
  private void add(double x, double y, float[] values, int into) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float across = (float) (x - left);
    float down = (float) (y - top);
    for (int channel = 0; channel < 3; channel++) {
      float upper =
          value(left, top, channel) * (1 - across) + value(left + 1, top, channel) * across;
      float lower =
          value(left, top + 1, channel) * (1 - across) + value(left + 1, top + 1, channel) * across;
      values[into + channel] += (upper * (1 - down) + lower * down) / (samples * samples);
    }
  }

  private float value(int x, int y, int channel) {
    boolean inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
    return inside ? picture.at(x, y, channel) : 0;
  }
}
