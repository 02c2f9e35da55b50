package dev.atelier.runtime.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Pieces of HTML that are well-formed XML as well. */
final class Html {

  private Html() {}

  /** Text as the content of an element or an attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ");
  }

  /** A number with two digits after the point. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A picture; the alternative text says what can be seen. */
  static String image(Preview preview, String alt) {
    return "<img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\"/>"
        .formatted(preview.uri(), preview.width(), preview.height(), escape(alt));
  }

  /** A picture that can be looked at in full size, by mouse or key. */
  static String shot(Preview preview, String alt) {
    return "<button type=\"button\" class=\"shot\" title=\"Enlarge\">%s</button>"
        .formatted(image(preview, alt));
  }

  /** A text file beside this class. */
  static String resource(String name) {
    try (var in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
