package dev.atelier.runtime.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Reads the pixels of Java2D pictures without its slow paths and without its colour surprises. */
final class Pixels {
  private Pixels() {}

  static RgbImage reduced(BufferedImage image, int factor) {
    boolean gray = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return gray ? fromGray(image, factor) : fromBytes(asBytes(image), factor);
  }

  /** Blue, green, red bytes; drawn on white if the picture has any other layout. */
  private static BufferedImage asBytes(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR && image.getRaster().getParent() == null) {
      return image;
    }
    var bytes =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = bytes.createGraphics();
    canvas.drawImage(image, 0, 0, Color.WHITE, null);
    canvas.dispose();
    return bytes;
  }

  private static RgbImage fromBytes(BufferedImage image, int factor) {
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int width = Math.max(1, image.getWidth() / factor);
    int height = Math.max(1, image.getHeight() / factor);
    var values = new float[width * height * 3];
    float share = 1f / (factor * factor);
    int stride = image.getWidth() * 3;
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += 3) {
        int red = 0;
        int green = 0;
        int blue = 0;
        int row = y * factor * stride + x * factor * 3;
        for (int dy = 0; dy < factor; dy++, row += stride) {
          for (int from = row; from < row + factor * 3; from += 3) {
            blue += bytes[from] & 255;
            green += bytes[from + 1] & 255;
            red += bytes[from + 2] & 255;
          }
        }
        values[to] = red * share;
        values[to + 1] = green * share;
        values[to + 2] = blue * share;
      }
    }
    return new RgbImage(width, height, values);
  }

  /**
   * Java2D takes gray files for linear light and would brighten them: the samples are taken as they
   * are.
   */
  private static RgbImage fromGray(BufferedImage image, int factor) {
    Raster raster = image.getRaster();
    float scale = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 1 / 257f : 1;
    int bits = image.getColorModel().getComponentSize(0);
    float share = scale * (bits < 8 ? 255f / ((1 << bits) - 1) : 1) / (factor * factor);
    int width = Math.max(1, image.getWidth() / factor);
    int height = Math.max(1, image.getHeight() / factor);
    var values = new float[width * height * 3];
    var row = new int[image.getWidth()];
    for (int y = 0; y < height * factor; y++) {
      raster.getSamples(0, y, image.getWidth(), 1, 0, row);
      for (int x = 0; x < width * factor; x++) {
        int to = (y / factor * width + x / factor) * 3;
        values[to] += row[x] * share;
        values[to + 1] += row[x] * share;
        values[to + 2] += row[x] * share;
      }
    }
    return new RgbImage(width, height, values);
  }
}
