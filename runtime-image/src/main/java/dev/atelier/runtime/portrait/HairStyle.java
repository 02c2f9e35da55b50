package dev.atelier.runtime.portrait;

/** How hair is worn. */
public enum HairStyle {
  SHORT("short", 4, 26),
  LONG("long", 4, 30),
  BOB("bob", 3, 33),
  CURLY("curly", 3, 28),
  BALD("bald", 2, 0),
  BUN("bun", 2, 18),
  SPIKY("spiky", 2, 24),
  SIDE_PART("sidepart", 3, 32);

  private final String word;
  private final double weight;
  private final double fringe;

  HairStyle(String word, double weight, double fringe) {
    this.word = word;
    this.weight = weight;
    this.fringe = fringe;
  }

  /** The word in captions. */
  public String word() {
    return word;
  }

  double weight() {
    return weight;
  }

  /** How far the hair comes down the forehead, in canvas units. */
  double fringe() {
    return fringe;
  }
}
