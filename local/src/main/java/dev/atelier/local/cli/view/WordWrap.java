package dev.atelier.local.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Breaks text between words. */
final class WordWrap {

  private WordWrap() {}

  /** Lines of at most so many characters; a word that is longer stays whole, to be copied. */
  static List<String> of(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.strip().split("\\s+")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
