package dev.atelier.runtime.stage;

import dev.atelier.runtime.photo.Verdict;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the search for pictures of the class went.
 *
 * @param asked pictures that were wanted
 * @param found pictures that passed
 * @param refused drawings that did not, by verdict
 * @param leftOut wanted pictures of which every drawing was refused, by the last one's verdict
 */
record ClassPictureCount(
    int asked, int found, Map<Verdict, Integer> refused, Map<Verdict, Integer> leftOut) {

  /** None was asked for. */
  static final ClassPictureCount NONE = new ClassPictureCount(0, 0, Map.of(), Map.of());

  /** So many in a row without a good one, and the base model draws something else. */
  private static final int HOPELESS = 8;

  ClassPictureCount {
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
  }

  /** Both together. */
  ClassPictureCount plus(ClassPictureCount other) {
    return new ClassPictureCount(
        asked + other.asked,
        found + other.found,
        sum(refused, other.refused),
        sum(leftOut, other.leftOut));
  }

  /**
   * Whether a set cannot become one to learn a class from: more than half of its pictures are
   * missing, or none of the first few was found.
   *
   * @param wanted pictures of the whole set
   */
  boolean isHopeless(int wanted) {
    int missing = asked - found;
    return 2 * missing > wanted || (found == 0 && missing >= HOPELESS);
  }

  /** Everything that was drawn. */
  int drawn() {
    return found + total(refused);
  }

  /** All of it, for provenance and the log. */
  String told() {
    return "%d of %d, drawn %d times; refused: %s; left out: %s"
        .formatted(found, asked, drawn(), told(refused), told(leftOut));
  }

  /** What a person who asked for the pictures has to know; empty where all were found. */
  Optional<String> shortfall() {
    return leftOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d of %d class pictures are left out, as none of %d seeds drew a good one (%s)"
                .formatted(asked - found, asked, ClassPictureSearch.SEEDS, told(leftOut)));
  }

  /** The most frequent verdict first. */
  static String told(Map<Verdict, Integer> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .sorted(
                Map.Entry.<Verdict, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private static Map<Verdict, Integer> sum(
      Map<Verdict, Integer> some, Map<Verdict, Integer> others) {
    var sum = new TreeMap<>(some);
    others.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
    return sum;
  }

  private static int total(Map<Verdict, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
