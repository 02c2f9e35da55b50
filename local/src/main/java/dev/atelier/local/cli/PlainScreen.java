package dev.atelier.local.cli;

import dev.atelier.local.cli.view.StageLine;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prints a line where a resource has come noticeably further: another stage, or a tenth more. */
final class PlainScreen implements Screen {

  private final Console console;
  private final Map<String, String> milestones = new HashMap<>();

  PlainScreen(Console console) {
    this.console = console;
  }

  @Override
  public void show(List<Resource> resources) {
    int width = resources.stream().mapToInt(r -> r.name().length()).max().orElse(0);
    var line = new StageLine(console.terminal(), width);
    for (var resource : resources) {
      var milestone = milestone(resource);
      if (!milestone.equals(milestones.put(resource.title(), milestone))) {
        console.say(line.of(resource));
      }
    }
  }

  @Override
  public void say(String line) {
    console.say(line);
  }

  /** What has to change for a new line. */
  static String milestone(Resource resource) {
    var outcome = Outcome.of(resource);
    var progress = resource.status().path("progress");
    var ready = resource.condition("Ready").map(c -> c.status() + c.reason()).orElse("");
    return outcome == Outcome.RUNNING && progress.path("totalSteps").asInt() > 0
        ? progress.path("stage").asText() + progress.path("percent").asInt() / 10
        : outcome + ready;
  }
}
