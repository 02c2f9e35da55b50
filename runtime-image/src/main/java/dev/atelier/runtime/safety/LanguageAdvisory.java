package dev.atelier.runtime.safety;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says when a prompt seems not to be English, which the base models read best and the block list
 * covers best. It never refuses: a detector takes "portrait, 85mm, bokeh" for French as readily as
 * a person writes "une femme" on purpose.
 */
public final class LanguageAdvisory {
  private static final int FEWEST_WORDS = 4;
  private static final int FEWEST_HITS = 2;

  private final Map<String, Set<String>> functionWords;

  private LanguageAdvisory(Map<String, Set<String>> functionWords) {
    this.functionWords = functionWords;
  }

  /** With the words that ship. */
  public static LanguageAdvisory shipped() {
    try {
      Map<String, List<String>> words =
          new ObjectMapper(new YAMLFactory())
              .readValue(SafetyResource.bytes("function-words.yaml"), new TypeReference<>() {});
      return new LanguageAdvisory(
          words.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sentence for a person; empty for English and for what is too short to tell. */
  public Optional<String> of(String text) {
    if (isMostlyOfAnotherScript(text)) {
      return Optional.of("the prompt is mostly not in Latin letters" + ADVICE);
    }
    var words = List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
    if (words.size() < FEWEST_WORDS) {
      return Optional.empty();
    }
    long english = hits(words, "en");
    return functionWords.keySet().stream()
        .filter(language -> !language.equals("en"))
        .filter(language -> hits(words, language) >= FEWEST_HITS)
        .filter(language -> hits(words, language) > english)
        .max(
            java.util.Comparator.comparingLong((String language) -> hits(words, language))
                .thenComparing(language -> language))
        .map(language -> "the prompt seems to be written in " + name(language) + ADVICE);
  }

  private static final String ADVICE =
      ": the model follows English best; nothing is refused for it";

  private static String name(String language) {
    return Locale.forLanguageTag(language).getDisplayLanguage(Locale.ENGLISH);
  }

  private long hits(List<String> words, String language) {
    var known = functionWords.getOrDefault(language, Set.of());
    return words.stream().filter(known::contains).count();
  }

  private static boolean isMostlyOfAnotherScript(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long latin =
        text.codePoints()
            .filter(Character::isLetter)
            .filter(p -> Character.UnicodeScript.of(p) == Character.UnicodeScript.LATIN)
            .count();
    return letters > 0 && 2 * latin < letters;
  }
}
