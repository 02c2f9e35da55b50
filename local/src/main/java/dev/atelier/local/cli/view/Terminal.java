package dev.atelier.local.cli.view;

/**
 * What the output can show.
 *
 * @param columns width in characters; lines are cut to it on a terminal only
 * @param live whether lines can be redrawn in place
 * @param colour whether to use ANSI colours
 * @param unicode whether the character set has more than ASCII
 */
public record Terminal(int columns, boolean live, boolean colour, boolean unicode) {

  /** A file or pipe: no width, no colours. */
  public static final Terminal PLAIN = new Terminal(120, false, false, true);

  /** Cuts a line of plain text to the width, on a terminal. */
  public String fit(String line) {
    if (!live || line.codePointCount(0, line.length()) <= columns) {
      return line;
    }
    var mark = unicode ? "…" : "...";
    int keep = Math.max(1, columns - mark.length());
    return line.substring(0, line.offsetByCodePoints(0, keep)).stripTrailing() + mark;
  }

  /** The text in a colour, where colours are shown. */
  public String paint(Colour colour, String text) {
    return this.colour && !text.isEmpty()
        ? "\u001b[" + colour.code() + "m" + text + "\u001b[0m"
        : text;
  }

  /** A glyph that the character set has. */
  public String glyph(Glyph glyph) {
    return unicode ? glyph.unicode() : glyph.ascii();
  }
}
