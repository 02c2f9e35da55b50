package dev.atelier.runtime.gallery;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Text as shapes. Java2D's own text needs fontconfig and FreeType, which a server's JDK may lack;
 * outlines are filled by Java alone and look the same on every machine. Latin, Greek and Cyrillic
 * are there; any other character is shown as a box.
 */
final class Lettering {

  /** For running text. */
  static final Lettering REGULAR = read("inter-regular.glyphs");

  /** For headings and names. */
  static final Lettering SEMIBOLD = read("inter-semibold.glyphs");

  private static final double EM = 1000;
  private static final int MISSING = 0x25a1;
  private static final String ELLIPSIS = "…";

  private final Map<Integer, Glyph> glyphs;

  private Lettering(Map<Integer, Glyph> glyphs) {
    this.glyphs = glyphs;
  }

  /** Width of a line in pixels. */
  double width(String text, double size) {
    return text.codePoints().mapToDouble(point -> glyph(point).advance()).sum() * size / EM;
  }

  /** The outline of a line that starts at x on a baseline. */
  Shape line(String text, double x, double baseline, double size) {
    var outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double at = x;
    for (int point : text.codePoints().toArray()) {
      var place = AffineTransform.getTranslateInstance(at, baseline);
      place.scale(size / EM, size / EM);
      outline.append(glyph(point).outline().getPathIterator(place), false);
      at += glyph(point).advance() * size / EM;
    }
    return outline;
  }

  /** The text in at most so many lines of a width; what does not fit ends in an ellipsis. */
  List<String> wrapped(String text, double size, double width, int lines) {
    var wrapped = new ArrayList<String>();
    var rest = text.strip();
    while (!rest.isEmpty() && wrapped.size() < lines - 1) {
      int end = lineEnd(rest, size, width);
      wrapped.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      wrapped.add(fitted(rest, size, width));
    }
    return wrapped;
  }

  /** The text on one line, cut with an ellipsis where it is longer than the width. */
  String fitted(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end).strip() + ELLIPSIS, size) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).strip() + ELLIPSIS;
  }

  /** Where the first line of a text ends: after the last word that fits, or within a long one. */
  private int lineEnd(String text, double size, double width) {
    double used = 0;
    int space = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      space = point == ' ' ? i : space;
      used += glyph(point).advance() * size / EM;
      if (used > width) {
        return space > 0 ? space : Math.max(i, Character.charCount(text.codePointAt(0)));
      }
    }
    return text.length();
  }

  private Glyph glyph(int point) {
    var glyph = glyphs.get(point);
    return glyph == null ? boxed() : glyph;
  }

  private Glyph boxed() {
    var box = glyphs.get(MISSING);
    if (box == null) {
      throw new IllegalStateException("the lettering has no box for unknown characters");
    }
    return box;
  }

  private static Lettering read(String name) {
    var glyphs = new HashMap<Integer, Glyph>();
    var in = Lettering.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(name + " is not on the class path");
    }
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var fields = line.split(" ", 3);
        glyphs.put(Integer.parseInt(fields[0], 16), Glyph.parse(fields));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Lettering(Map.copyOf(glyphs));
  }
}
