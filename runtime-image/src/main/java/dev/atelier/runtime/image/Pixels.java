package dev.atelier.runtime.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Reads the pixels of Java2D pictures without its slow paths and without its colour surprises. */
final class Pixels {
  private Pixels() {}

  static RgbImage reduced(BufferedImage image, int factor) {
    if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      return fromGray(image, factor);
    }
    if (!isPlain(image)) {
      return fromBytes(drawn(image), factor);
    }
    var reduced = fromBytes(image, factor);
    return image.getColorModel().getColorSpace().isCS_sRGB()
        ? reduced
        : fromBytes(converted(inColoursOf(image, reduced)), 1);
  }

  /** Three bytes a pixel, in any order. */
  private static boolean isPlain(BufferedImage image) {
    var raster = image.getRaster();
    return raster.getParent() == null
        && raster.getDataBuffer() instanceof DataBufferByte
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && layout.getNumBands() == 3
        && layout.getPixelStride() == 3
        && layout.getScanlineStride() == 3 * image.getWidth();
  }

  /** Blue, green, red bytes in sRGB, on white. */
  private static BufferedImage drawn(BufferedImage image) {
    var bytes =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = bytes.createGraphics();
    canvas.drawImage(image, 0, 0, Color.WHITE, null);
    canvas.dispose();
    return bytes;
  }

  /** Blue, green, red bytes in sRGB. */
  private static BufferedImage converted(BufferedImage image) {
    var bytes =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    var stored = image.getColorModel().getColorSpace();
    var shown = bytes.getColorModel().getColorSpace();
    new ColorConvertOp(stored, shown, null).filter(image.getRaster(), bytes.getRaster());
    return bytes;
  }

  /** The reduced picture again as one of the colour space that its values are still of. */
  private static BufferedImage inColoursOf(BufferedImage image, RgbImage reduced) {
    var raster =
        image.getRaster().createCompatibleWritableRaster(reduced.width(), reduced.height());
    raster.setPixels(0, 0, reduced.width(), reduced.height(), rounded(reduced.values()));
    return new BufferedImage(image.getColorModel(), raster, false, null);
  }

  private static int[] rounded(float[] values) {
    var whole = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      whole[i] = (int) (values[i] + 0.5f);
    }
    return whole;
  }

  private static RgbImage fromBytes(BufferedImage image, int factor) {
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int[] bands = ((PixelInterleavedSampleModel) image.getSampleModel()).getBandOffsets();
    int width = Math.max(1, image.getWidth() / factor);
    int height = Math.max(1, image.getHeight() / factor);
    var values = new float[width * height * 3];
    var sums = new int[image.getWidth() * 3];
    for (int y = 0; y < height; y++) {
      columns(bytes, y * factor, factor, sums);
      row(sums, bands, factor, values, 3 * y * width);
    }
    return new RgbImage(width, height, values);
  }

  /** A row of means, of the sums of {@code factor} columns each. */
  private static void row(int[] sums, int[] bands, int factor, float[] values, int to) {
    int first = bands[0];
    int second = bands[1];
    int third = bands[2];
    float share = 1f / (factor * factor);
    int step = 3 * factor;
    for (int end = step; end <= sums.length; end += step, to += 3) {
      int red = 0;
      int green = 0;
      int blue = 0;
      for (int from = end - step; from < end; from += 3) {
        red += sums[from + first];
        green += sums[from + second];
        blue += sums[from + third];
      }
      values[to] = red * share;
      values[to + 1] = green * share;
      values[to + 2] = blue * share;
    }
  }

  /** Adds up the bytes of each column over some rows. */
  private static void columns(byte[] bytes, int row, int rows, int[] sums) {
    Arrays.fill(sums, 0);
    for (int y = row; y < row + rows; y++) {
      add(bytes, y * sums.length, sums);
    }
  }

  private static void add(byte[] bytes, int from, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += bytes[from + i] & 255;
    }
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
