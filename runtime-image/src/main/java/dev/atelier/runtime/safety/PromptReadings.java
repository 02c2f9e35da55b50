package dev.atelier.runtime.safety;

import java.util.List;
import java.util.Set;

/**
 * A prompt as it may be meant.
 *
 * @param strict without the harmless phrases that ship: what concerns minors is sought in it
 * @param opened without the platform's phrases either: all else is sought in it
 */
record PromptReadings(Reading strict, Reading opened) {

  /**
   * A prompt without some phrases.
   *
   * @param forms each as words between single spaces, as written first
   * @param joined neighbouring words of the first form, drawn together
   */
  record Reading(List<String> forms, Set<String> joined) {

    private static Reading without(HarmlessPhrases phrases, List<String> forms) {
      var left = forms.stream().map(phrases::outOf).distinct().toList();
      return new Reading(left, Set.copyOf(SplitWords.of(left.get(0))));
    }

    String asWritten() {
      return forms.get(0);
    }
  }

  static PromptReadings of(String folded, HarmlessPhrases shipped, HarmlessPhrases all) {
    var forms = PromptForms.of(folded);
    return new PromptReadings(Reading.without(shipped, forms), Reading.without(all, forms));
  }

  /** Whether some form holds the term. */
  boolean hold(BlockedTerm term) {
    return seenBy(term).forms().stream().anyMatch(term::isIn);
  }

  /** Whether two neighbouring words make up the term. */
  boolean holdInHalves(BlockedTerm term) {
    return seenBy(term).joined().stream().anyMatch(term::is);
  }

  private Reading seenBy(BlockedTerm term) {
    return term.category() == PromptFinding.Category.Minors ? strict : opened;
  }
}
