package dev.atelier.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** A problem and what caused it, which is where the engine's own words stand. */
final class Causes {

  private Causes() {}

  /** The problem itself first. */
  static Stream<Throwable> of(Throwable problem) {
    return Stream.iterate(problem, cause -> cause != null, Throwable::getCause);
  }

  /**
   * Whether one of them says one of the signs.
   *
   * @param signs in lower case
   */
  static boolean say(Throwable problem, String... signs) {
    return of(problem)
        .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
        .anyMatch(text -> Arrays.stream(signs).anyMatch(text::contains));
  }
}
