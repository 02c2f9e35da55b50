package dev.atelier.runtime.photo;

/** Size of a training picture in pixels. */
public record CropShape(int width, int height) implements Comparable<CropShape> {

  /** The shape that all pictures have without aspect buckets. */
  public static CropShape square(int edge) {
    return new CropShape(edge, edge);
  }

  int shortEdge() {
    return Math.min(width, height);
  }

  /** By width: from the tallest to the widest. */
  @Override
  public int compareTo(CropShape other) {
    return Integer.compare(width, other.width);
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
