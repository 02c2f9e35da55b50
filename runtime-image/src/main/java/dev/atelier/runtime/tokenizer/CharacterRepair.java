package dev.atelier.runtime.tokenizer;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Replaces characters that only look different: ligatures, full-width forms, curly quotes. */
final class CharacterRepair {
  private static final Map<Integer, String> LIGATURES =
      Map.ofEntries(
          Map.entry(0x132, "IJ"),
          Map.entry(0x133, "ij"),
          Map.entry(0x149, "\u02bcn"),
          Map.entry(0x1c4, "D\u017d"),
          Map.entry(0x1c5, "D\u017e"),
          Map.entry(0x1c6, "d\u017e"),
          Map.entry(0x1c7, "LJ"),
          Map.entry(0x1c8, "Lj"),
          Map.entry(0x1c9, "lj"),
          Map.entry(0x1ca, "NJ"),
          Map.entry(0x1cb, "Nj"),
          Map.entry(0x1cc, "nj"),
          Map.entry(0x1f1, "DZ"),
          Map.entry(0x1f2, "Dz"),
          Map.entry(0x1f3, "dz"));
  private static final List<String> F_LIGATURES =
      List.of("ff", "fi", "fl", "ffi", "ffl", "\u017ft", "st");
  private static final int F_LIGATURES_START = 0xfb00;
  private static final int IDEOGRAPHIC_SPACE = 0x3000;
  private static final int FULL_WIDTH_START = 0xff01;
  private static final int FULL_WIDTH_END = 0xffef;
  private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u02bc\u2018-\u201b]");
  private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201c-\u201f]");
  private static final Pattern LINE_BREAKS = Pattern.compile("\r\n|[\r\u0085\u2028\u2029]");
  private static final Pattern TERMINAL_ESCAPES = Pattern.compile("\u001b\\[[\\d;]*[a-zA-Z]");
  private static final Pattern CONTROLS =
      Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\u206a-\u206f\ufeff\ufff9-\ufffc]");

  private CharacterRepair() {}

  static String apply(String text) {
    var plain = new StringBuilder(text.length());
    TERMINAL_ESCAPES.matcher(text).replaceAll("").codePoints().forEach(c -> plain.append(plain(c)));
    String quoted = SINGLE_QUOTES.matcher(plain).replaceAll("'");
    quoted = DOUBLE_QUOTES.matcher(quoted).replaceAll("\"");
    String lines = LINE_BREAKS.matcher(quoted).replaceAll("\n");
    return Normalizer.normalize(CONTROLS.matcher(lines).replaceAll(""), Normalizer.Form.NFC);
  }

  private static String plain(int character) {
    if (character >= 0x80 && character < 0xa0) {
      return HtmlEntities.character(character); // one of Windows-1252, wherever it comes from
    }
    if (character == IDEOGRAPHIC_SPACE) {
      return " ";
    }
    String same = Character.toString(character);
    if (character >= FULL_WIDTH_START && character <= FULL_WIDTH_END) {
      return Normalizer.normalize(same, Normalizer.Form.NFKC);
    }
    int f = character - F_LIGATURES_START;
    return f >= 0 && f < F_LIGATURES.size()
        ? F_LIGATURES.get(f)
        : LIGATURES.getOrDefault(character, same);
  }
}
