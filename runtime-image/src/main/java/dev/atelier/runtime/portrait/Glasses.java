package dev.atelier.runtime.portrait;

/** Frames of glasses. */
public enum Glasses {
  NONE(6),
  ROUND(2),
  SQUARE(2);

  private final double weight;

  Glasses(double weight) {
    this.weight = weight;
  }

  double weight() {
    return weight;
  }
}
