package dev.atelier.runtime.perception;

import java.util.List;

/**
 * A turn, one scale and a shift of the plane: {@code x' = a x - b y + shiftX, y' = b x + a y +
 * shiftY}.
 *
 * @param a scale times cosine
 * @param b scale times sine
 */
record Similarity(double a, double b, double shiftX, double shiftY) {

  /**
   * The least-squares similarity that brings the points of one list nearest to those of the other.
   */
  static Similarity between(List<Point> from, List<Point> to) {
    var fromCentre = centre(from);
    var toCentre = centre(to);
    double dot = 0;
    double cross = 0;
    double norm = 0;
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - fromCentre.x();
      double y = from.get(i).y() - fromCentre.y();
      double u = to.get(i).x() - toCentre.x();
      double v = to.get(i).y() - toCentre.y();
      dot += x * u + y * v;
      cross += x * v - y * u;
      norm += x * x + y * y;
    }
    double a = dot / norm;
    double b = cross / norm;
    return new Similarity(
        a,
        b,
        toCentre.x() - a * fromCentre.x() + b * fromCentre.y(),
        toCentre.y() - b * fromCentre.x() - a * fromCentre.y());
  }

  /** The way back. */
  Similarity inverse() {
    double square = a * a + b * b;
    double backA = a / square;
    double backB = -b / square;
    return new Similarity(
        backA, backB, -(backA * shiftX - backB * shiftY), -(backB * shiftX + backA * shiftY));
  }

  Point apply(double x, double y) {
    return new Point(a * x - b * y + shiftX, b * x + a * y + shiftY);
  }

  double scale() {
    return Math.hypot(a, b);
  }

  private static Point centre(List<Point> points) {
    return new Point(
        points.stream().mapToDouble(Point::x).average().orElseThrow(),
        points.stream().mapToDouble(Point::y).average().orElseThrow());
  }
}
