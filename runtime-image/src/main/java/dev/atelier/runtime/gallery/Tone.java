package dev.atelier.runtime.gallery;

import java.awt.Color;

/** How something is meant; never told by colour alone. */
public enum Tone {
  PLAIN(new Color(0x1f2328)),
  GOOD(new Color(0x1a7f4b)),
  WARNING(new Color(0x9a6700)),
  BAD(new Color(0xb3352c));

  private final Color ink;

  Tone(Color ink) {
    this.ink = ink;
  }

  Color ink() {
    return ink;
  }
}
