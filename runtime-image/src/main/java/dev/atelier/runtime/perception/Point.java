package dev.atelier.runtime.perception;

/** A place in a picture, in pixels. */
public record Point(double x, double y) {

  Point scaled(double factor) {
    return new Point(x * factor, y * factor);
  }

  /** The middle of the line to another point. */
  public Point middle(Point other) {
    return new Point((x + other.x) / 2, (y + other.y) / 2);
  }

  public double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
