package dev.atelier.local.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Columns as wide as their widest cell, three spaces apart, as kubectl prints them. */
public final class TextTable {

  private static final int GAP = 3;

  /** A last column that is narrower than this starts on a line of its own. */
  private static final int NARROWEST = 30;

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; the first one may be the header. */
  public TextTable row(String... cells) {
    return row(Arrays.asList(cells));
  }

  /** Adds a row. */
  public TextTable row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, cut to the terminal's width, without trailing spaces. */
  public List<String> lines(Terminal terminal) {
    var widths = widths();
    return rows.stream().map(row -> terminal.fit(line(row, widths))).toList();
  }

  /** The lines; on a terminal the last cell goes on below itself where it is too long. */
  public List<String> wrapped(Terminal terminal) {
    if (!terminal.live()) {
      return lines(terminal);
    }
    var widths = widths();
    return rows.stream().flatMap(row -> wrapped(row, widths, terminal.columns()).stream()).toList();
  }

  private static List<String> wrapped(List<String> row, int[] widths, int columns) {
    var whole = line(row, widths);
    int before = 0;
    for (int column = 0; column < row.size() - 1; column++) {
      before += widths[column] + GAP;
    }
    if (length(whole) <= columns || row.isEmpty()) {
      return List.of(whole);
    }
    var last = row.get(row.size() - 1);
    if (columns - before >= NARROWEST) {
      var words = WordWrap.of(last, columns - before);
      var indent = " ".repeat(before);
      var first = whole.substring(0, whole.length() - last.length()) + words.get(0);
      return Stream.concat(Stream.of(first), words.stream().skip(1).map(indent::concat)).toList();
    }
    var first = line(row.subList(0, row.size() - 1), widths);
    return Stream.concat(
            Stream.of(first), WordWrap.of(last, columns - GAP).stream().map("   "::concat))
        .toList();
  }

  private int[] widths() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      var cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - length(cell) + GAP));
    }
    return line.toString().stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
