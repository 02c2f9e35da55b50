package dev.atelier.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of a chart's values: key, default, and the comment {@code # -- } above it. */
record ValuesTable(List<Row> rows) {

  private static final Pattern COMMENT = Pattern.compile(" *# -- (.+)");
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):.*");
  private static final String START = "<!-- values: made from values.yaml -->\n";
  private static final String END = "<!-- /values -->";

  record Row(String key, String standard, String description) {}

  static ValuesTable of(Path values) {
    try {
      var tree = Chart.documents(values).get(0);
      var rows = new ArrayList<Row>();
      Deque<String> path = new ArrayDeque<>();
      var description = "";
      for (var line : Files.readAllLines(values)) {
        var comment = COMMENT.matcher(line);
        var key = KEY.matcher(line);
        if (comment.matches()) {
          description = comment.group(1);
        } else if (key.matches()) {
          int depth = key.group(1).length() / 2;
          while (path.size() > depth) {
            path.removeLast();
          }
          path.addLast(key.group(2));
          if (!description.isEmpty()) {
            rows.add(row(String.join(".", path), tree, description));
            description = "";
          }
        }
      }
      return new ValuesTable(List.copyOf(rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> keys() {
    return rows.stream().map(Row::key).toList();
  }

  /** The page with the table between its two marks replaced. */
  String inside(Path page) {
    try {
      var text = Files.readString(page);
      int start = text.indexOf(START) + START.length();
      int end = text.indexOf(END);
      return text.substring(0, start) + markdown() + text.substring(end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String markdown() {
    return rows.stream()
        .map(row -> "| `%s` | `%s` | %s |%n".formatted(row.key, row.standard, row.description))
        .collect(Collectors.joining("", "| Key | Default | Meaning |\n|---|---|---|\n", ""));
  }

  private static Row row(String key, JsonNode tree, String description) {
    var value = tree.at("/" + key.replace('.', '/'));
    var standard =
        value.isTextual() && !value.asText().isEmpty() ? value.asText() : value.toString();
    return new Row(key, standard, description);
  }
}
