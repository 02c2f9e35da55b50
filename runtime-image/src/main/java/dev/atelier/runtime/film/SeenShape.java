package dev.atelier.runtime.film;

import dev.atelier.runtime.image.RgbImage;
import java.awt.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The shape in a frame: what differs from the ground, which is the colour of most of the border.
 *
 * @param cover how much of each pixel the shape takes, 0 to 1, {@code [height * width]}
 * @param x its centre of mass in pixels
 * @param y downwards
 * @param red its colour
 */
record SeenShape(
    int width,
    double[] cover,
    double x,
    double y,
    double area,
    double red,
    double green,
    double blue) {

  /** Sum of the channels' differences from which on something is no ground. */
  private static final double LEAST_CONTRAST = 60;

  /** What covers less of a pixel is noise. */
  private static final double LEAST_COVER = 0.3;

  private static final double LEAST_AREA = 0.015;
  private static final double MOST_AREA = 0.3;

  /** Share of the frame that is surely inside of the shape. */
  private static final double INSIDE = 0.02;

  /** Finds it, if there is one. */
  static Optional<SeenShape> in(RgbImage frame) {
    double[] ground = ground(frame);
    int pixels = frame.width() * frame.height();
    var difference = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        difference[i] += Math.abs(frame.values()[i * 3 + c] - ground[c]);
      }
    }
    var sorted = difference.clone();
    Arrays.sort(sorted);
    double contrast = sorted[pixels - Math.max(1, (int) (INSIDE * pixels))];
    if (contrast < LEAST_CONTRAST) {
      return Optional.empty();
    }
    var cover = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      double share = Math.min(1, difference[i] / contrast);
      cover[i] = share < LEAST_COVER ? 0 : share;
    }
    return Optional.of(measured(frame, cover, difference, contrast))
        .filter(shape -> shape.area > LEAST_AREA * pixels && shape.area < MOST_AREA * pixels);
  }

  private static SeenShape measured(
      RgbImage frame, double[] cover, double[] difference, double contrast) {
    double area = 0;
    double x = 0;
    double y = 0;
    var colour = new double[3];
    int inside = 0;
    for (int i = 0; i < cover.length; i++) {
      area += cover[i];
      x += cover[i] * (i % frame.width());
      y += cover[i] * (i / frame.width());
      if (difference[i] >= contrast) {
        inside++;
        for (int c = 0; c < 3; c++) {
          colour[c] += frame.values()[i * 3 + c];
        }
      }
    }
    return new SeenShape(
        frame.width(),
        cover,
        x / area,
        y / area,
        area,
        colour[0] / inside,
        colour[1] / inside,
        colour[2] / inside);
  }

  /** The median of each channel over the border. */
  private static double[] ground(RgbImage frame) {
    int width = frame.width();
    int height = frame.height();
    var ground = new double[3];
    for (int c = 0; c < 3; c++) {
      var border = new double[2 * (width + height)];
      int at = 0;
      for (int x = 0; x < width; x++) {
        border[at++] = frame.at(x, 0, c);
        border[at++] = frame.at(x, height - 1, c);
      }
      for (int y = 0; y < height; y++) {
        border[at++] = frame.at(0, y, c);
        border[at++] = frame.at(width - 1, y, c);
      }
      Arrays.sort(border);
      ground[c] = border[border.length / 2];
    }
    return ground;
  }

  /** How far its colour is from another. */
  double distance(Colour colour) {
    return colour.paint().distance(red, green, blue);
  }

  /** How much a form of the same area at the same place differs, in pixels. */
  double misfit(Form form) {
    double radius = Math.sqrt(area / form.area());
    var outline = form.outline(x + 0.5, y + 0.5, radius);
    double misfit = 0;
    for (int i = 0; i < cover.length; i++) {
      misfit += Math.abs(cover[i] - covered(outline, i % width, i / width));
    }
    return misfit;
  }

  /** Share of a pixel inside of an outline, by sixteen points. */
  private static double covered(Shape outline, int x, int y) {
    int inside = 0;
    for (int i = 0; i < 16; i++) {
      inside += outline.contains(x + (i % 4 + 0.5) / 4, y + (i / 4 + 0.5) / 4) ? 1 : 0;
    }
    return inside / 16.0;
  }
}
