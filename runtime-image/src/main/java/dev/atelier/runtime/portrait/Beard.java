package dev.atelier.runtime.portrait;

/** Hair on the face. */
public enum Beard {
  NONE(6, ""),
  FULL(2, "a beard"),
  MOUSTACHE(1, "a moustache"),
  GOATEE(1, "a beard");

  private final double weight;
  private final String phrase;

  Beard(double weight, String phrase) {
    this.weight = weight;
    this.phrase = phrase;
  }

  /** What a caption says of it, empty for none. */
  public String phrase() {
    return phrase;
  }

  double weight() {
    return weight;
  }
}
