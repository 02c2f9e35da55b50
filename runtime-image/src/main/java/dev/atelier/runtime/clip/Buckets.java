package dev.atelier.runtime.clip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes that clips come in: the wanted one, and for other shapes sizes of about the same area,
 * so that a portrait is not cropped to a landscape and every batch costs the same.
 */
public final class Buckets {

  private static final double[] SHAPES = {16.0 / 9, 4.0 / 3, 1, 3.0 / 4, 9.0 / 16};

  /** What video autoencoders (8 or 16) and patches (2) divide by. */
  private static final int MULTIPLE = 16;

  private final List<Bucket> buckets;

  private Buckets(List<Bucket> buckets) {
    this.buckets = buckets;
  }

  /** The sizes beside a wanted one, which is kept as it is. */
  public static Buckets of(int width, int height) {
    var wanted = new Bucket(width, height);
    var all = new ArrayList<Bucket>();
    all.add(wanted);
    int multiple = Math.min(MULTIPLE, Math.min(width, height));
    for (double shape : SHAPES) {
      // A shape next to the wanted one would only split it in two.
      if (Math.abs(Math.log(shape / wanted.ratio())) > 0.1) {
        all.add(
            new Bucket(
                rounded(Math.sqrt(width * height * shape), multiple),
                rounded(Math.sqrt(width * height / shape), multiple)));
      }
    }
    return new Buckets(List.copyOf(all));
  }

  /** The bucket whose shape is nearest to a picture's. */
  public Bucket nearest(int width, int height) {
    double ratio = Math.max(1, width) / (double) Math.max(1, height);
    return buckets.stream()
        .min(Comparator.comparingDouble(one -> Math.abs(Math.log(one.ratio() / ratio))))
        .orElseThrow();
  }

  private static int rounded(double edge, int multiple) {
    return (int) Math.max(multiple, Math.round(edge / multiple) * multiple);
  }
}
