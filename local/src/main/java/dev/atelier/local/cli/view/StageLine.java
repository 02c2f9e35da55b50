package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.util.List;

/** One resource as one line of progress: sign, name, stage, bar, step, loss, time left. */
public final class StageLine {

  private static final int STAGE = 9;

  private final Terminal terminal;
  private final int nameWidth;
  private final ProgressText progress;

  /**
   * @param nameWidth of the column with the resources' names
   */
  public StageLine(Terminal terminal, int nameWidth) {
    this.terminal = terminal;
    this.nameWidth = nameWidth;
    this.progress = new ProgressText(terminal);
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
    return Signs.of(outcome, terminal) + " " + cut.fit(text.stripTrailing());
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
    if (!ProgressText.counts(progress)) {
      var ready = resource.condition("Ready");
      var stage =
          progress.path("stage").asText(resource.status().path("run").path("stage").asText());
      return pad(stage.isEmpty() ? "starting" : stage, STAGE)
          + "  "
          + ready.map(StageLine::because).orElse("");
    }
    return pad(progress.path("stage").asText(), STAGE) + "  " + this.progress.of(progress);
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
