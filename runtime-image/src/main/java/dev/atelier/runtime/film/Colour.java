package dev.atelier.runtime.film;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Colours of shapes: those of the base model's world, and one that it is to be tuned on. */
public enum Colour {
  RED(224, 40, 44),
  GREEN(40, 176, 76),
  BLUE(52, 84, 232),
  YELLOW(244, 210, 56),
  WHITE(246, 246, 246),

  /** A word to the base model, which never saw what it means. */
  PURPLE(190, 90, 240);

  private final Paint paint;

  Colour(int red, int green, int blue) {
    this.paint = new Paint(red, green, blue);
  }

  /** The colours that the base model is trained on. */
  static List<Colour> known() {
    return Arrays.stream(values()).filter(colour -> colour != PURPLE).toList();
  }

  Paint paint() {
    return paint;
  }

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
