package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Condition;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.VolumePaths;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/** What {@code run} ends with: per resource its conditions, metrics and files. */
public final class RunSummary {

  private static final List<String> FIRST = List.of("Ready", "Complete", "Failed", "Stalled");

  private final Terminal terminal;
  private final VolumePaths volumes;
  private final Path here;

  /**
   * @param here folder that shown paths are relative to
   */
  public RunSummary(Terminal terminal, VolumePaths volumes, Path here) {
    this.terminal = terminal;
    this.volumes = volumes;
    this.here = here;
  }

  /** The part of one resource. */
  public String of(Resource resource) {
    var section = new Section(terminal);
    section.line(terminal.paint(Colour.STRONG, resource.title()) + "  " + verdict(resource));
    section.part("conditions", conditions(resource));
    var dataset = DatasetView.of(resource);
    section.part(dataset.noun() + " not used", dataset.rejected());
    section.part("metrics", Metrics.table(resource));
    section.part("files", files(resource));
    return section.text();
  }

  private String verdict(Resource resource) {
    return switch (Outcome.of(resource)) {
      case DONE ->
          terminal.paint(
              Colour.GOOD,
              resource.condition("Complete").filter(Condition::isTrue).isPresent()
                  ? "Complete"
                  : "Ready");
      case FAILED -> terminal.paint(Colour.BAD, "Failed");
      case WAITING -> terminal.paint(Colour.WARNING, "waiting");
      case RUNNING -> terminal.paint(Colour.WARNING, "not finished");
    };
  }

  private TextTable conditions(Resource resource) {
    var table = new TextTable();
    var told = new HashSet<String>();
    resource.conditions().stream()
        .sorted(Comparator.comparingInt(c -> rank(c.type())))
        .forEach(
            c -> {
              var message = c.hint().replace('\n', ' ').strip();
              table.row(c.type(), c.status(), c.reason(), told.add(message) ? message : "");
            });
    return table;
  }

  private static int rank(String type) {
    int index = FIRST.indexOf(type);
    return index < 0 ? FIRST.size() : index;
  }

  /** Never cut: a path is there to be copied. */
  private List<String> files(Resource resource) {
    var table = new TextTable();
    for (var artifact : Artifact.of(resource, volumes)) {
      table.row(artifact.name(), artifact.place(here), artifact.size());
    }
    return table.lines(Terminal.PLAIN);
  }
}
