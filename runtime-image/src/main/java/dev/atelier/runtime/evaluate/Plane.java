package dev.atelier.runtime.evaluate;

import dev.atelier.runtime.image.RgbImage;

/** One channel of a picture, {@code [height, width]}; its values have a known range. */
public final class Plane {
  private final int width;
  private final int height;
  private final double[] values;

  /**
   * @param values {@code [height, width]}, row by row
   */
  public Plane(int width, int height, double[] values) {
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

  /** With borders of mirrored pixels, the outermost not repeated. */
  Plane mirrored(int border) {
    int wide = width + 2 * border;
    int high = height + 2 * border;
    var mirrored = new double[wide * high];
    for (int i = 0; i < mirrored.length; i++) {
      int x = mirror(i % wide - border, width);
      int y = mirror(i / wide - border, height);
      mirrored[i] = values[y * width + x];
    }
    return new Plane(wide, high, mirrored);
  }

  private static int mirror(int at, int length) {
    int positive = Math.abs(at);
    return positive < length ? positive : 2 * (length - 1) - positive;
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
