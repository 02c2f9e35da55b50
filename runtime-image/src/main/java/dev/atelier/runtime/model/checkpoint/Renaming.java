package dev.atelier.runtime.model.checkpoint;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table from diffusers' names to those of an original implementation; the first row that fits
 * decides, and a name that no row fits is the same in both.
 */
final class Renaming {
  private record Row(Pattern from, Function<MatchResult, String> to) {}

  private final List<Row> rows;

  private Renaming(List<Row> rows) {
    this.rows = rows;
  }

  /** Pairs of a name, whose numbers are written as {@code #}, and its replacement. */
  static Renaming of(String... pairs) {
    var rows = new java.util.ArrayList<Row>();
    for (int i = 0; i < pairs.length; i += 2) {
      String replacement = pairs[i + 1];
      rows.add(new Row(pattern(pairs[i]), match -> filled(replacement, match)));
    }
    return new Renaming(rows);
  }

  String apply(String name) {
    for (Row row : rows) {
      Matcher matcher = row.from().matcher(name);
      if (matcher.find()) {
        return row.to().apply(matcher.toMatchResult()) + name.substring(matcher.end());
      }
    }
    return name;
  }

  /** From the start, a number at each {@code #}, up to a dot or the end. */
  private static Pattern pattern(String name) {
    String quoted = Pattern.quote(name).replace("#", "\\E(\\d+)\\Q");
    return Pattern.compile("^" + quoted + "(?=\\.|$)");
  }

  private static String filled(String replacement, MatchResult match) {
    String filled = replacement;
    for (int group = 1; group <= match.groupCount(); group++) {
      filled = filled.replaceFirst("#", match.group(group));
    }
    return filled;
  }
}
