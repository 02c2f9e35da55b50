package dev.atelier.runtime.serve;

import java.util.regex.Pattern;

/**
 * How much of a file a client asks for by its header {@code Range} (RFC 9110, section 14). Players
 * seek so, and broken downloads go on so. Several ranges at once, other units and what is no range
 * are answered with the whole file, as the RFC allows.
 */
sealed interface Extent {

  /** All of it. */
  record Whole() implements Extent {}

  /** From the first byte to the last, both included. */
  record Part(int first, int last) implements Extent {}

  /** Nothing that there is. */
  record Beyond() implements Extent {}

  /** Numbers that a long holds. */
  Pattern RANGE =
      Pattern.compile("bytes=(?<first>\\d{0,18})-(?<last>\\d{0,18})", Pattern.CASE_INSENSITIVE);

  /**
   * Reads the header.
   *
   * @param range empty where it was not sent
   * @param length bytes of the file
   */
  static Extent asked(String range, int length) {
    var read = RANGE.matcher(range.strip());
    if (!read.matches()) {
      return new Whole();
    }
    var first = read.group("first");
    var last = read.group("last");
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : ending(Long.parseLong(last), length);
    }
    return between(
        Long.parseLong(first), last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last), length);
  }

  private static Extent ending(long bytes, int length) {
    return bytes == 0 || length == 0
        ? new Beyond()
        : new Part((int) Math.max(0, length - bytes), length - 1);
  }

  private static Extent between(long first, long last, int length) {
    if (last < first) {
      return new Whole();
    }
    return first >= length ? new Beyond() : new Part((int) first, (int) Math.min(last, length - 1));
  }
}
