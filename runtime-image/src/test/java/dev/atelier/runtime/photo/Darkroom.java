package dev.atelier.runtime.photo;

import dev.atelier.runtime.image.Filter;
import dev.atelier.runtime.image.Resize;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Face;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/** What goes wrong with photos, done to good ones. */
final class Darkroom {
  private Darkroom() {}

  static BufferedImage resized(BufferedImage image, int width) {
    int height = Math.max(1, image.getHeight() * width / image.getWidth());
    return Resize.to(RgbImage.of(image), width, height, Filter.BICUBIC).toBuffered();
  }

  /** Out of focus: details below {@code radius} pixels are gone. */
  static BufferedImage blurred(BufferedImage image, int radius) {
    var small =
        Resize.to(
            RgbImage.of(image),
            image.getWidth() / radius,
            image.getHeight() / radius,
            Filter.TRIANGLE);
    return Resize.to(small, image.getWidth(), image.getHeight(), Filter.BICUBIC).toBuffered();
  }

  /** The camera moved to the side. */
  static BufferedImage shaken(BufferedImage image, int pixels) {
    var source = RgbImage.of(image);
    var values = new float[source.values().length];
    for (int y = 0; y < source.height(); y++) {
      for (int x = 0; x < source.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          float sum = 0;
          for (int k = 0; k < pixels; k++) {
            sum += source.at(Math.min(source.width() - 1, x + k), y, channel);
          }
          values[(y * source.width() + x) * 3 + channel] = sum / pixels;
        }
      }
    }
    return new RgbImage(source.width(), source.height(), values).toBuffered();
  }

  /** Every value times a gain plus a shift. */
  static BufferedImage exposed(BufferedImage image, double gain, double shift) {
    var source = RgbImage.of(image);
    var values = source.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(255, gain * values[i] + shift));
    }
    return new RgbImage(source.width(), source.height(), values).toBuffered();
  }

  static BufferedImage noisy(BufferedImage image, double deviation) {
    var random = new Random(3);
    var source = RgbImage.of(image);
    var values = source.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (deviation * random.nextGaussian());
    }
    return new RgbImage(source.width(), source.height(), values).toBuffered();
  }

  static BufferedImage gray(BufferedImage image) {
    var gray = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    var canvas = gray.createGraphics();
    canvas.drawImage(image, 0, 0, null);
    canvas.dispose();
    return gray;
  }

  static BufferedImage mirrored(BufferedImage image) {
    var mirrored = canvas(image.getWidth(), image.getHeight(), Color.WHITE);
    var canvas = mirrored.createGraphics();
    canvas.drawImage(image, image.getWidth(), 0, -image.getWidth(), image.getHeight(), null);
    canvas.dispose();
    return mirrored;
  }

  /** Turned clockwise by quarters; what EXIF orientation undoes. */
  static BufferedImage turned(BufferedImage image, int quarters) {
    boolean swapped = quarters % 2 == 1;
    int width = swapped ? image.getHeight() : image.getWidth();
    int height = swapped ? image.getWidth() : image.getHeight();
    var turned = canvas(width, height, Color.WHITE);
    var canvas = turned.createGraphics();
    canvas.translate(width / 2.0, height / 2.0);
    canvas.rotate(quarters * Math.PI / 2);
    canvas.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
    canvas.drawImage(image, 0, 0, null);
    canvas.dispose();
    return turned;
  }

  /** Shares of width and height. */
  static BufferedImage cropped(
      BufferedImage image, double left, double top, double right, double bottom) {
    int x = (int) (left * image.getWidth());
    int y = (int) (top * image.getHeight());
    var part =
        image.getSubimage(
            x, y, (int) (right * image.getWidth()) - x, (int) (bottom * image.getHeight()) - y);
    return onto(canvas(part.getWidth(), part.getHeight(), Color.WHITE), part, 0, 0);
  }

  /** Two photos beside each other, of one height. */
  static BufferedImage beside(BufferedImage left, BufferedImage right) {
    int height = Math.min(left.getHeight(), right.getHeight());
    var one = resized(left, left.getWidth() * height / left.getHeight());
    var other = resized(right, right.getWidth() * height / right.getHeight());
    var both =
        canvas(
            one.getWidth() + other.getWidth(),
            Math.max(one.getHeight(), other.getHeight()),
            Color.GRAY);
    return onto(onto(both, one, 0, 0), other, one.getWidth(), 0);
  }

  /** A photo small in the corner of a wide scene. */
  static BufferedImage farAway(BufferedImage image, int width, int sceneWidth) {
    var scene = landscape(sceneWidth, sceneWidth * 2 / 3);
    var small = resized(image, width);
    return onto(scene, small, sceneWidth / 3, scene.getHeight() - small.getHeight());
  }

  static BufferedImage onto(BufferedImage ground, BufferedImage image, int x, int y) {
    var canvas = ground.createGraphics();
    canvas.drawImage(image, x, y, null);
    canvas.dispose();
    return ground;
  }

  /** Sky, hills, a tree: nobody. */
  static BufferedImage landscape(int width, int height) {
    var image = canvas(width, height, new Color(150, 190, 230));
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setColor(new Color(80, 130, 70));
    canvas.fillOval(-width / 4, height / 2, width, height);
    canvas.setColor(new Color(60, 110, 60));
    canvas.fillOval(width / 3, height * 3 / 5, width, height);
    canvas.setColor(new Color(90, 60, 40));
    canvas.fillRect(width * 3 / 4, height / 3, width / 40, height / 3);
    canvas.setColor(new Color(40, 90, 40));
    canvas.fillOval(width * 3 / 4 - width / 12, height / 5, width / 6, height / 4);
    canvas.dispose();
    return image;
  }

  /**
   * A head turned away, seen from the front: one half of the face is squeezed, the other stretched,
   * so that the nose stands near one eye.
   *
   * @param squeeze how wide the half at the viewer's left becomes, in shares of what it was
   */
  static BufferedImage turnedAway(BufferedImage image, Face face, double squeeze) {
    var source = RgbImage.of(image);
    double nose = face.landmarks().nose().x();
    double reach = face.box().width() * 0.55;
    var values = new float[source.values().length];
    for (int x = 0; x < source.width(); x++) {
      double from = unsqueezed(x, nose, reach, squeeze);
      int left = (int) Math.max(0, Math.min(source.width() - 2, Math.floor(from)));
      double share = Math.max(0, Math.min(1, from - left));
      for (int y = 0; y < source.height(); y++) {
        for (int channel = 0; channel < 3; channel++) {
          values[(y * source.width() + x) * 3 + channel] =
              (float)
                  ((1 - share) * source.at(left, y, channel)
                      + share * source.at(left + 1, y, channel));
        }
      }
    }
    return new RgbImage(source.width(), source.height(), values).toBuffered();
  }

  /** The source column of a target column: piecewise linear, the nose moved to the left. */
  private static double unsqueezed(double x, double nose, double reach, double squeeze) {
    double start = nose - reach;
    double end = nose + reach;
    double moved = start + squeeze * reach;
    if (x <= start || x >= end) {
      return x;
    }
    return x < moved ? start + (x - start) / squeeze : nose + (x - moved) * reach / (end - moved);
  }

  /** A picture turned about its middle, clockwise, on grey. */
  static BufferedImage leaning(BufferedImage image, double degrees) {
    int side = (int) Math.hypot(image.getWidth(), image.getHeight());
    var ground = canvas(side, side, Color.GRAY);
    Graphics2D canvas = ground.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.rotate(Math.toRadians(degrees), side / 2.0, side / 2.0);
    canvas.drawImage(image, (side - image.getWidth()) / 2, (side - image.getHeight()) / 2, null);
    canvas.dispose();
    return ground;
  }

  static BufferedImage canvas(int width, int height, Color colour) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    var canvas = image.createGraphics();
    canvas.setColor(colour);
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    return image;
  }
}
