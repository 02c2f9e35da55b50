package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One resource as one line of progress: sign, name, stage, bar, step, loss, time left. */
public final class StageLine {

  private static final int BAR = 20;
  private static final int STAGE = 9;
  private static final int NARROW = 90;

  private final Terminal terminal;
  private final int nameWidth;

  /**
   * @param nameWidth of the column with the resources' names
   */
  public StageLine(Terminal terminal, int nameWidth) {
    this.terminal = terminal;
    this.nameWidth = nameWidth;
  }

  /** The line; on a terminal it fits the width. */
  public String of(Resource resource) {
    var outcome = Outcome.of(resource);
    var text =
        pad(resource.name(), nameWidth)
            + "  "
            + (outcome == Outcome.RUNNING ? running(resource) : resting(resource, outcome));
    // The sign and the space after it take two columns.
    var cut = new Terminal(terminal.columns() - 2, terminal.live(), false, terminal.unicode());
    return sign(outcome) + " " + cut.fit(text.stripTrailing());
  }

  private String sign(Outcome outcome) {
    return switch (outcome) {
      case DONE -> terminal.paint(Colour.GOOD, terminal.glyph(Glyph.DONE));
      case FAILED -> terminal.paint(Colour.BAD, terminal.glyph(Glyph.FAILED));
      case WAITING -> terminal.paint(Colour.QUIET, terminal.glyph(Glyph.WAITING));
      case RUNNING -> terminal.paint(Colour.ACTIVE, terminal.glyph(Glyph.RUNNING));
    };
  }

  private String resting(Resource resource, Outcome outcome) {
    var condition = telling(resource, outcome);
    var word =
        switch (outcome) {
          case DONE -> condition.type();
          case FAILED -> "Failed";
          default -> "waiting";
        };
    return pad(word, STAGE) + "  " + because(condition);
  }

  private static Condition telling(Resource resource, Outcome outcome) {
    var types =
        switch (outcome) {
          case DONE -> List.of("Complete", "Ready");
          case FAILED -> List.of("Failed", "Stalled", "Ready");
          default -> List.of("Ready");
        };
    return types.stream()
        .flatMap(type -> resource.condition(type).stream())
        .filter(c -> c.isTrue() || !outcome.isFinal())
        .findFirst()
        .orElseThrow();
  }

  private String running(Resource resource) {
    var progress = resource.status().path("progress");
    int total = progress.path("totalSteps").asInt();
    if (total <= 0) {
      var ready = resource.condition("Ready");
      var stage =
          progress.path("stage").asText(resource.status().path("run").path("stage").asText());
      return pad(stage.isEmpty() ? "starting" : stage, STAGE)
          + "  "
          + ready.map(StageLine::because).orElse("");
    }
    int percent = Math.min(100, progress.path("percent").asInt());
    return pad(progress.path("stage").asText(), STAGE)
        + "  "
        + (terminal.columns() < NARROW ? "" : bar(percent) + " ")
        + "%3d %%  ".formatted(percent)
        + String.join(" " + terminal.glyph(Glyph.DOT) + " ", details(progress, total));
  }

  private String bar(int percent) {
    int full = percent * BAR / 100;
    return terminal.glyph(Glyph.BAR_FULL).repeat(full)
        + terminal.glyph(Glyph.BAR_EMPTY).repeat(BAR - full);
  }

  private static List<String> details(JsonNode progress, int total) {
    var details = new ArrayList<String>();
    details.add("step %d of %d".formatted(progress.path("step").asInt(), total));
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

  private static String because(Condition condition) {
    return condition.message().isEmpty()
        ? condition.reason()
        : condition.hint().lines().findFirst().orElse("");
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }
}
