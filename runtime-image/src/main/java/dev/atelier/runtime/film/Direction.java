package dev.atelier.runtime.film;

import java.util.Locale;

/** Where a shape goes; y points downwards. */
public enum Direction {
  LEFT(-1, 0),
  RIGHT(1, 0),
  UP(0, -1),
  DOWN(0, 1);

  private final int x;
  private final int y;

  Direction(int x, int y) {
    this.x = x;
    this.y = y;
  }

  int x() {
    return x;
  }

  int y() {
    return y;
  }

  /** The direction that a way mostly has. */
  static Direction of(double x, double y) {
    if (Math.abs(x) > Math.abs(y)) {
      return x < 0 ? LEFT : RIGHT;
    }
    return y < 0 ? UP : DOWN;
  }

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
