package dev.atelier.runtime.film;

import java.util.Locale;

/** What shapes move on. */
public enum Ground {
  BLACK(16, 16, 20),
  GREY(100, 102, 106),
  BROWN(96, 62, 36);

  private final Paint paint;

  Ground(int red, int green, int blue) {
    this.paint = new Paint(red, green, blue);
  }

  Paint paint() {
    return paint;
  }

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
