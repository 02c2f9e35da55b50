package dev.atelier.runtime.portrait;

/** Where a portrait is taken. */
public enum Place {
  STUDIO("in a studio"),
  OFFICE("in an office"),
  BEACH("at the beach"),
  FOREST("in a forest"),
  NIGHT_CITY("in a city at night"),
  LIBRARY("in a library"),
  SNOW("in the snow"),
  SUNSET("at sunset");

  private final String phrase;

  Place(String phrase) {
    this.phrase = phrase;
  }

  /** What a caption says of it. */
  public String phrase() {
    return phrase;
  }
}
