package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Outcome;

/** The sign of an outcome, in its colour. */
final class Signs {

  private Signs() {}

  static String of(Outcome outcome, Terminal terminal) {
    return switch (outcome) {
      case DONE -> terminal.paint(Colour.GOOD, terminal.glyph(Glyph.DONE));
      case FAILED -> terminal.paint(Colour.BAD, terminal.glyph(Glyph.FAILED));
      case WAITING -> terminal.paint(Colour.QUIET, terminal.glyph(Glyph.WAITING));
      case RUNNING -> terminal.paint(Colour.ACTIVE, terminal.glyph(Glyph.RUNNING));
    };
  }
}
