package dev.atelier.runtime.safety;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a text as a person would: compatibility forms (full width, bold, circled) as plain letters,
 * no accents, no invisible characters, look-alike letters of other scripts as Latin ones, lower
 * case. Applied to both the lists and the prompts, so that words of other scripts still match.
 */
final class TextFolding {
  private static final int FIRST_FLAG_LETTER = 0x1F1E6;
  private static final int LAST_FLAG_LETTER = 0x1F1FF;

  private final Map<Integer, String> lookAlikes;

  private TextFolding(Map<Integer, String> lookAlikes) {
    this.lookAlikes = lookAlikes;
  }

  /** With the table that ships. */
  static TextFolding shipped() {
    Map<Integer, String> table = new HashMap<>();
    new String(SafetyResource.bytes("confusables.tsv"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split("\t", -1))
        .forEach(pair -> table.put(pair[0].codePointAt(0), pair[1]));
    return new TextFolding(table);
  }

  String fold(String text) {
    var folded = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(TextFolding::isVisible)
        .forEach(point -> append(folded, point));
    return folded.toString();
  }

  private void append(StringBuilder folded, int point) {
    if (point >= FIRST_FLAG_LETTER && point <= LAST_FLAG_LETTER) {
      folded.append((char) ('a' + point - FIRST_FLAG_LETTER));
      return;
    }
    var latin = lookAlikes.get(point);
    if (latin == null) {
      folded.appendCodePoint(point);
    } else {
      folded.append(latin);
    }
  }

  /** Neither a combining mark nor a character without width. */
  private static boolean isVisible(int point) {
    int type = Character.getType(point);
    return type != Character.NON_SPACING_MARK
        && type != Character.ENCLOSING_MARK
        && type != Character.FORMAT
        && type != Character.CONTROL;
  }
}
