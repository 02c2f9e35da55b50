package dev.atelier.runtime.photo;

import static java.util.Comparator.comparingDouble;

import java.util.List;
import java.util.TreeSet;

/**
 * The shapes that training pictures may have: the square, and with aspect buckets (NovelAI 2022,
 * "Aspect ratio bucketing") others of at most its area, between 1:2 and 2:1, so that a step needs
 * no more memory than with squares.
 *
 * @param shapes from the tallest to the widest
 */
public record AspectBuckets(List<CropShape> shapes) {

  private static final double WIDEST = 2;

  /** Edges are multiples of it: 8 latents of an autoencoder that compresses 8 times. */
  private static final int STEP = 64;

  /** For the small models of tests and samples. */
  private static final int SMALL_STEP = 8;

  private static final int SMALL_BELOW = 256;

  public AspectBuckets {
    shapes = List.copyOf(shapes);
  }

  /**
   * The shapes for an edge of the square.
   *
   * @param several whether there are others than the square
   */
  public static AspectBuckets of(int resolution, boolean several) {
    var shapes = new TreeSet<CropShape>();
    shapes.add(CropShape.square(resolution));
    if (several) {
      int step = resolution < SMALL_BELOW ? SMALL_STEP : STEP;
      int area = resolution * resolution;
      for (int edge = step; edge < resolution; edge += step) {
        int longer = area / edge / step * step;
        if (longer > edge && longer <= WIDEST * edge) {
          shapes.add(new CropShape(edge, longer));
          shapes.add(new CropShape(longer, edge));
        }
      }
    }
    return new AspectBuckets(List.copyOf(shapes));
  }

  /** The shape whose aspect ratio is nearest to that of a picture. */
  public CropShape nearest(int width, int height) {
    double ratio = Math.log((double) width / height);
    return shapes.stream()
        .min(
            comparingDouble(
                shape -> Math.abs(Math.log((double) shape.width() / shape.height()) - ratio)))
        .orElseThrow();
  }
}
