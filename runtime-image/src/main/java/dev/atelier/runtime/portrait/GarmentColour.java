package dev.atelier.runtime.portrait;

import java.util.Locale;

/** Colours of garments. */
public enum GarmentColour {
  BLACK(34, 34, 38),
  WHITE(240, 240, 240),
  GREY(130, 132, 136),
  NAVY(32, 44, 92),
  RED(196, 40, 44),
  GREEN(48, 130, 70),
  YELLOW(236, 200, 60),
  PURPLE(120, 60, 160),
  ORANGE(232, 124, 40),
  TEAL(30, 140, 150);

  private final Rgb colour;

  GarmentColour(int red, int green, int blue) {
    this.colour = new Rgb(red, green, blue);
  }

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The cloth's colour. */
  public Rgb colour() {
    return colour;
  }
}
