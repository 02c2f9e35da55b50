package dev.atelier.local.cli.view;

import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.util.List;

/** What a person may do after a run. */
public final class NextSteps {

  private NextSteps() {}

  /** The lines below {@code Next}, for the outcome of these resources. */
  public static List<String> of(List<Resource> resources, String rerun, Terminal terminal) {
    var table = new TextTable();
    for (var resource : resources) {
      switch (Outcome.of(resource)) {
        case DONE -> done(table, resource);
        case FAILED -> {
          table.row("./atelier logs " + resource.name(), "what its last stage said");
          table.row(
              "./atelier describe %s %s".formatted(kind(resource), resource.name()),
              "everything known about it");
        }
        case WAITING, RUNNING ->
            table.row(
                "./atelier describe %s %s".formatted(kind(resource), resource.name()),
                "what it waits for");
      }
    }
    if (resources.stream().anyMatch(r -> Outcome.of(r) == Outcome.FAILED)) {
      table.row(rerun, "after changing the file that failed");
      table.row(rerun + " --fresh", "to try the same again from the start");
    } else if (resources.stream().anyMatch(r -> Outcome.of(r) != Outcome.DONE)) {
      table.row(rerun, "to go on");
    }
    return table.lines(terminal);
  }

  private static void done(TextTable table, Resource resource) {
    boolean gallery =
        Resource.stream(resource.status().path("artifacts"))
            .anyMatch(a -> a.path("name").asText().equals("gallery"));
    if (gallery) {
      table.row("./atelier gallery " + resource.name(), "look at its pictures");
    }
    if (resource.kind().equals("HeadshotModel")) {
      table.row(
          "./atelier delete hsm " + resource.name(), "erase photos, crops, checkpoints and model");
    }
  }

  private static String kind(Resource resource) {
    return switch (resource.kind()) {
      case "HeadshotModel" -> "hsm";
      case "GenerationJob" -> "gen";
      case "VideoGenerator" -> "vgen";
      case "DiffusionRuntime" -> "drt";
      default -> resource.kind();
    };
  }
}
