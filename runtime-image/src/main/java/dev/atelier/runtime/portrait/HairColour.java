package dev.atelier.runtime.portrait;

import java.util.Locale;

/** Colours of hair, natural ones more often. */
public enum HairColour {
  BLACK(new Rgb(28, 24, 24), 5),
  BROWN(new Rgb(92, 58, 34), 5),
  BLONDE(new Rgb(226, 186, 104), 4),
  RED(new Rgb(176, 68, 30), 3),
  GREY(new Rgb(150, 150, 152), 2),
  WHITE(new Rgb(232, 230, 226), 1),
  PINK(new Rgb(236, 120, 170), 1),
  BLUE(new Rgb(60, 96, 200), 1);

  private final Rgb colour;
  private final double weight;

  HairColour(Rgb colour, double weight) {
    this.colour = colour;
    this.weight = weight;
  }

  /** The word in captions. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Rgb colour() {
    return colour;
  }

  double weight() {
    return weight;
  }
}
