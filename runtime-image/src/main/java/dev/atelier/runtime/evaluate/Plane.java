package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;

/** One channel of a picture, {@code [height, width]}; its values have a known range. */
final class Plane {
  private final int width;
  private final int height;
  private final double[] values;

  Plane(int width, int height, double[] values) {
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /** A channel of a picture, 0..1. */
  static Plane of(RgbImage picture, int channel) {
    var values = new double[picture.width() * picture.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture.values()[3 * i + channel] / 255.0;
    }
    return new Plane(picture.width(), picture.height(), values);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  double[] values() {
    return values;
  }

  /** Products of the values of two planes of one size. */
  Plane times(Plane other) {
    var product = new double[values.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = values[i] * other.values[i];
    }
    return new Plane(width, height, product);
  }
}
