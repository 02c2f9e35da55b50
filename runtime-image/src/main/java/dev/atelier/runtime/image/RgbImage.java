package dev.atelier.runtime.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A picture as floats, {@code [height, width, 3]}, RGB, 0..255 (sRGB as stored in the file). Values
 * are not copied on the way in or out of this class: treat them as read-only once the picture is
 * built.
 */
public final class RgbImage {
  private final int width;
  private final int height;
  private final float[] values;

  /**
   * @param values {@code [height, width, 3]}, 0..255
   */
  public RgbImage(int width, int height, float[] values) {
    if (values.length != width * height * 3) {
      throw new IllegalArgumentException(
          "a picture of "
              + width
              + "x"
              + height
              + " needs "
              + width * height * 3
              + " values, got "
              + values.length);
    }
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /**
   * Converts any Java2D picture; transparent parts are laid on white, as a print would show them.
   */
  public static RgbImage of(BufferedImage image) {
    return Pixels.reduced(image, 1);
  }

  /**
   * The same, each pixel the mean of {@code factor} x {@code factor} of the picture's: saves memory
   * on large photos.
   */
  public static RgbImage reduced(BufferedImage image, int factor) {
    return Pixels.reduced(image, factor);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The values themselves, {@code [height, width, 3]}, 0..255. */
  public float[] values() {
    return values;
  }

  /** One value; channel 0 is red. */
  public float at(int x, int y, int channel) {
    return values[(y * width + x) * 3 + channel];
  }

  /** The whole picture as a region. */
  public Region bounds() {
    return new Region(0, 0, width, height);
  }

  /** A part of the picture, which has to lie inside it. */
  public RgbImage part(int left, int top, int partWidth, int partHeight) {
    var part = new float[partWidth * partHeight * 3];
    for (int y = 0; y < partHeight; y++) {
      System.arraycopy(
          values, ((top + y) * width + left) * 3, part, y * partWidth * 3, partWidth * 3);
    }
    return new RgbImage(partWidth, partHeight, part);
  }

  /** Rounded to 8 bits, values outside 0..255 clamped. */
  public BufferedImage toBuffered() {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = byteAt(x, y, 0) << 16 | byteAt(x, y, 1) << 8 | byteAt(x, y, 2);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }

  private int byteAt(int x, int y, int channel) {
    return Math.max(0, Math.min(255, Math.round(at(x, y, channel))));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(values);
  }
}
