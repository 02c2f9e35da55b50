package dev.atelier.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt whose parts may count more or less: {@code a (red:1.3) cat}. Weights of nested
 * parentheses multiply, and {@code \(} is a parenthesis. A prompt without any such weight is taken
 * as it stands, parentheses and backslashes included.
 */
public record WeightedPrompt(List<Part> parts) {

  /** Text and what its tokens' states are multiplied with. */
  public record Part(String text, double weight) {}

  private static final Pattern WEIGHT = Pattern.compile(":\\s*([+-]?\\d*\\.?\\d+)\\s*\\)");
  private static final Pattern MARK = Pattern.compile("\\\\[()\\\\]|\\(|" + WEIGHT + "|\\)");

  public WeightedPrompt {
    parts = List.copyOf(parts);
  }

  /** Reads a prompt. */
  public static WeightedPrompt of(String prompt) {
    if (!WEIGHT.matcher(prompt).find()) {
      return new WeightedPrompt(List.of(new Part(prompt, 1)));
    }
    return new Reader(prompt).read();
  }

  /** Whether any part counts more or less than the others. */
  public boolean isWeighted() {
    return parts.stream().anyMatch(part -> part.weight() != 1);
  }

  private static final class Reader {
    private final String prompt;
    private final List<Part> parts = new ArrayList<>();

    /** For each open parenthesis, the first part behind it. */
    private final List<Integer> open = new ArrayList<>();

    Reader(String prompt) {
      this.prompt = prompt;
    }

    WeightedPrompt read() {
      int from = 0;
      for (Matcher mark = MARK.matcher(prompt); mark.find(); from = mark.end()) {
        add(prompt.substring(from, mark.start()));
        String found = mark.group();
        if (found.startsWith("\\")) {
          add(found.substring(1));
        } else if (found.equals("(")) {
          open.add(parts.size());
        } else if (open.isEmpty()) {
          add(found);
        } else {
          close(found, mark);
        }
      }
      add(prompt.substring(from));
      reopen();
      return new WeightedPrompt(joined());
    }

    /** A parenthesis without a weight is text. */
    private void close(String found, Matcher mark) {
      int first = open.remove(open.size() - 1);
      if (found.equals(")")) {
        parts.add(first, new Part("(", 1));
        add(")");
        return;
      }
      double weight = Double.parseDouble(mark.group(1));
      for (int i = first; i < parts.size(); i++) {
        parts.set(i, new Part(parts.get(i).text(), parts.get(i).weight() * weight));
      }
    }

    /** A parenthesis that is never closed is text. */
    private void reopen() {
      for (int i = open.size() - 1; i >= 0; i--) {
        parts.add(open.get(i), new Part("(", 1));
      }
    }

    private void add(String text) {
      if (!text.isEmpty()) {
        parts.add(new Part(text, 1));
      }
    }

    private List<Part> joined() {
      var joined = new ArrayList<Part>();
      for (Part part : parts) {
        int last = joined.size() - 1;
        if (last >= 0 && joined.get(last).weight() == part.weight()) {
          joined.set(last, new Part(joined.get(last).text() + part.text(), part.weight()));
        } else {
          joined.add(part);
        }
      }
      return joined;
    }
  }
}
