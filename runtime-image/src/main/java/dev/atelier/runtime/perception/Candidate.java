package dev.atelier.runtime.perception;

import dev.atelier.runtime.image.Region;

/**
 * A window that may hold a face. Coordinates follow the networks' training code: pixels counted
 * from 1, both ends included.
 *
 * @param score probability of a face, 0..1
 */
record Candidate(double left, double top, double right, double bottom, double score) {

  double area() {
    return (right - left + 1) * (bottom - top + 1);
  }

  double width() {
    return right - left + 1;
  }

  double height() {
    return bottom - top + 1;
  }

  /** Area shared with another window, in square pixels. */
  double overlap(Candidate other) {
    double across = Math.min(right, other.right) - Math.max(left, other.left) + 1;
    double down = Math.min(bottom, other.bottom) - Math.max(top, other.top) + 1;
    return Math.max(0, across) * Math.max(0, down);
  }

  /** Moves each edge by the regression {@code [left, top, right, bottom]} times the given size. */
  Candidate moved(float[] regression, int at, double wide, double high) {
    return new Candidate(
        left + regression[at] * wide,
        top + regression[at + 1] * high,
        right + regression[at + 2] * wide,
        bottom + regression[at + 3] * high,
        score);
  }

  /** The square with the same centre and the longer side, on whole pixels. */
  Candidate squared() {
    double side = Math.max(right - left, bottom - top);
    double x = Math.floor(left + (right - left - side) / 2);
    double y = Math.floor(top + (bottom - top - side) / 2);
    return new Candidate(x, y, Math.floor(x + side), Math.floor(y + side), score);
  }

  Candidate scored(double newScore) {
    return new Candidate(left, top, right, bottom, newScore);
  }

  Region region() {
    return new Region(left - 1, top - 1, right, bottom);
  }
}
