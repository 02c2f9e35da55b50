package dev.atelier.runtime.portrait;

/** What a person wears. */
public enum Garment {
  TSHIRT("tshirt"),
  HOODIE("hoodie"),
  SUIT("suit"),
  SHIRT("shirt"),
  TURTLENECK("turtleneck"),
  SWEATER("sweater");

  private final String word;

  Garment(String word) {
    this.word = word;
  }

  /** The word in captions. */
  public String word() {
    return word;
  }
}
