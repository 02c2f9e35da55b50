package dev.atelier.runtime.safety;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Phrases that are taken out of a prompt before it is compared, such as "baby blue".
 *
 * @param phrases as words between single spaces, in every form in which they may be meant; the
 *     longest first, so that a part of one does not take it apart
 */
record HarmlessPhrases(List<String> phrases) {

  private static final String PLACE = " * ";

  HarmlessPhrases {
    phrases =
        phrases.stream()
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  static HarmlessPhrases of(Collection<String> phrases, TextFolding folding) {
    return new HarmlessPhrases(
        phrases.stream().flatMap(one -> PromptForms.of(folding.fold(one)).stream()).toList());
  }

  HarmlessPhrases and(HarmlessPhrases more) {
    return new HarmlessPhrases(Stream.concat(phrases.stream(), more.phrases.stream()).toList());
  }

  /** The words with a lone star where a phrase was. */
  String outOf(String words) {
    var padded = " " + words + " ";
    for (String phrase : phrases) {
      var found = " " + phrase + " ";
      // Twice: of two that follow each other the first takes the space between them.
      padded = padded.replace(found, PLACE).replace(found, PLACE);
    }
    return padded.strip();
  }
}
