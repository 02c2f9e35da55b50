package dev.atelier.local.cli.view;

/** Colours by what they mean. */
public enum Colour {
  GOOD(32),
  WARNING(33),
  BAD(31),
  ACTIVE(36),
  QUIET(2),
  STRONG(1);

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  /** The SGR parameter (ECMA-48). */
  int code() {
    return code;
  }
}
