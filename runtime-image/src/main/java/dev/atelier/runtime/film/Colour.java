package dev.atelier.runtime.film;

import java.util.Locale;

/** Colours of shapes. */
public enum Colour {
  RED(224, 40, 44),
  GREEN(40, 176, 76),
  BLUE(52, 84, 232),
  YELLOW(244, 210, 56),
  WHITE(246, 246, 246);

  private final Paint paint;

  Colour(int red, int green, int blue) {
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
