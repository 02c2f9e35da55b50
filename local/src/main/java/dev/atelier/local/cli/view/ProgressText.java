package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code status.progress} as text: bar, percent, step, metrics, time left. */
final class ProgressText {

  private static final int BAR = 20;
  private static final int NARROW = 90;

  private final Terminal terminal;

  ProgressText(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whether there is anything to count. */
  static boolean counts(JsonNode progress) {
    return progress.path("totalSteps").asInt() > 0;
  }

  String of(JsonNode progress) {
    int percent = Math.min(100, progress.path("percent").asInt());
    return (terminal.columns() < NARROW ? "" : bar(percent) + " ")
        + "%3d %%  ".formatted(percent)
        + String.join(" " + terminal.glyph(Glyph.DOT) + " ", details(progress));
  }

  private String bar(int percent) {
    int full = percent * BAR / 100;
    return terminal.glyph(Glyph.BAR_FULL).repeat(full)
        + terminal.glyph(Glyph.BAR_EMPTY).repeat(BAR - full);
  }

  private static List<String> details(JsonNode progress) {
    var details = new ArrayList<String>();
    details.add(
        "step %d of %d"
            .formatted(progress.path("step").asInt(), progress.path("totalSteps").asInt()));
    for (var metric : progress.path("metrics")) {
      details.add(metric.path("name").asText() + " " + metric.path("value").asText());
    }
    if (progress.hasNonNull("secondsLeft")) {
      long seconds = progress.path("secondsLeft").asLong();
      details.add(Durations.words(Duration.ofSeconds(seconds)) + " left");
    }
    if (!progress.path("activity").asText().isEmpty()) {
      details.add(progress.path("activity").asText());
    }
    return details;
  }
}
