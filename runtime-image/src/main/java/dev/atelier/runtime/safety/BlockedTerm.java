package dev.atelier.runtime.safety;

import java.util.regex.Pattern;

/**
 * A word or phrase of the block list.
 *
 * @param shown as the list has it
 * @param pattern finds it as whole words in text of single spaces
 * @param exact the folded words, without the ending that a star leaves open
 */
record BlockedTerm(PromptFinding.Category category, String shown, Pattern pattern, String exact) {

  private static final String BORDER_BEFORE = "(?<![\\p{L}\\p{N}])";
  private static final String BORDER_AFTER = "(?![\\p{L}\\p{N}])";

  static BlockedTerm of(PromptFinding.Category category, String term, TextFolding folding) {
    boolean open = term.endsWith("*");
    var plain = open ? term.substring(0, term.length() - 1) : term;
    var exact = PromptForms.words(folding.fold(plain));
    boolean spaced = exact.codePoints().anyMatch(BlockedTerm::hasBordersOfWords);
    var masked = masked(exact);
    // Chinese and Japanese write no spaces: there is no border to look for.
    var regex =
        spaced ? BORDER_BEFORE + masked + (open ? "[\\p{L}\\p{N}]*" : "") + BORDER_AFTER : masked;
    return new BlockedTerm(category, term.replace("*", ""), Pattern.compile(regex), exact);
  }

  /** Whether the words hold it. */
  boolean isIn(String words) {
    return pattern.matcher(words).find();
  }

  /** Whether one word is it. */
  boolean is(String word) {
    return word.equals(exact);
  }

  /** Each inner letter may be masked by a star, as in n*de. */
  private static String masked(String exact) {
    var regex = new StringBuilder();
    int[] points = exact.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      var letter = Pattern.quote(Character.toString(points[i]));
      boolean inner = i > 0 && i + 1 < points.length && points[i] != ' ' && points.length > 3;
      regex.append(inner ? "(?:" + letter + "|\\*)" : letter);
    }
    return regex.toString();
  }

  private static boolean hasBordersOfWords(int point) {
    var script = Character.UnicodeScript.of(point);
    return script != Character.UnicodeScript.HAN
        && script != Character.UnicodeScript.HIRAGANA
        && script != Character.UnicodeScript.KATAKANA;
  }
}
