package dev.atelier.runtime.safety;

import java.util.ArrayList;
import java.util.List;

/** Words that a space cuts in two, as "na ked": what two neighbours are when drawn together. */
final class SplitWords {
  /** Two halves of a shorter word meet by chance, unless one is a letter that is no word. */
  private static final int SPLIT_FROM = 5;

  private static final int SPLIT_OFF_FROM = 4;

  private SplitWords() {}

  /**
   * @param words between single spaces
   */
  static List<String> of(String words) {
    var joined = new ArrayList<String>();
    var parts = words.split(" ");
    for (int i = 0; i + 1 < parts.length; i++) {
      var word = parts[i] + parts[i + 1];
      if (word.length() >= shortest(parts[i], parts[i + 1])) {
        joined.add(word);
      }
    }
    return joined;
  }

  private static int shortest(String one, String other) {
    return one.matches("[^ai]") || other.matches("[^ais]") ? SPLIT_OFF_FROM : SPLIT_FROM;
  }
}
