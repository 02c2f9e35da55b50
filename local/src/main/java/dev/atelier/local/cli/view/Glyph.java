package dev.atelier.local.cli.view;

/** Signs with a stand-in for terminals that know ASCII only. */
public enum Glyph {
  DONE("✔", "+"),
  FAILED("✘", "x"),
  RUNNING("●", "*"),
  WAITING("○", "-"),
  WARNING("▲", "!"),
  BAR_FULL("█", "#"),
  BAR_EMPTY("░", "."),
  DOT("·", "|"),
  BRANCH("├─", "|-"),
  LAST_BRANCH("└─", "`-"),
  STEM("│", "|");

  private final String unicode;
  private final String ascii;

  Glyph(String unicode, String ascii) {
    this.unicode = unicode;
    this.ascii = ascii;
  }

  String unicode() {
    return unicode;
  }

  String ascii() {
    return ascii;
  }
}
