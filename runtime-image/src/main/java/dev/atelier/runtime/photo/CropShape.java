package dev.atelier.runtime.photo;

/** Size of a training picture in pixels. */
public record CropShape(int width, int height) implements Comparable<CropShape> {

  /** The shape that all pictures have without aspect buckets. */
  public static CropShape square(int edge) {
    return new CropShape(edge, edge);
  }

  /** Whether it is as wide as high. */
  public boolean isSquare() {
    return width == height;
  }

  int shortEdge() {
    return Math.min(width, height);
  }

  /** By width, then height: from the tallest to the widest. */
  @Override
  public int compareTo(CropShape other) {
    int byWidth = Integer.compare(width, other.width);
    return byWidth != 0 ? byWidth : Integer.compare(height, other.height);
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
