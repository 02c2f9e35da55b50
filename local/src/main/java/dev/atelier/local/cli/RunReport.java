package dev.atelier.local.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.cli.view.Artifact;
import dev.atelier.local.cli.view.Colour;
import dev.atelier.local.cli.view.Durations;
import dev.atelier.local.cli.view.NextSteps;
import dev.atelier.local.cli.view.RunSummary;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.VolumePaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What {@code run} says at its end. */
final class RunReport {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Console console;
  private final Path here;
  private final RunRequest request;
  private final ResourceSource source;
  private final ApiKinds kinds;

  RunReport(Console console, Path here, RunRequest request, ResourceSource source, ApiKinds kinds) {
    this.console = console;
    this.here = here;
    this.request = request;
    this.source = source;
    this.kinds = kinds;
  }

  /** For a run that found nothing to do. */
  void already(List<Resource> resources) {
    boolean done = ExitStatus.of(resources) == ExitStatus.DONE;
    report(
        resources,
        done
            ? "Everything is done already; nothing was run again (--fresh starts anew)."
            : "This failed before and nothing has changed since, so nothing was run again.");
  }

  /** For a run that ended. */
  void ended(WaitEnd end, List<Resource> resources, Duration took) {
    var time = Durations.words(took);
    report(
        resources,
        switch (end) {
          case SETTLED ->
              ExitStatus.of(resources) == ExitStatus.DONE
                  ? "Done in " + time + "."
                  : "Ended after " + time + " with failures.";
          case STUCK ->
              "Stopped after " + time + ": what is left waits for something that is not there.";
          case INTERRUPTED -> "Interrupted after " + time + "; " + request.again() + " continues.";
          case TIMEOUT -> "The time was up after " + time + "; " + request.again() + " continues.";
        });
  }

  private void report(List<Resource> resources, String headline) {
    var claims = kinds.named("pvc");
    var volumes = new VolumePaths(request.state(), source.list(claims));
    if (request.json()) {
      json(resources, volumes, headline);
    } else {
      text(resources, volumes, headline);
    }
  }

  private void text(List<Resource> resources, VolumePaths volumes, String headline) {
    var terminal = console.terminal();
    var summary = new RunSummary(terminal, volumes, here);
    console.say("");
    resources.forEach(resource -> console.say(summary.of(resource)));
    boolean done = ExitStatus.of(resources) == ExitStatus.DONE;
    console.say(terminal.paint(done ? Colour.GOOD : Colour.WARNING, headline));
    var steps = NextSteps.of(resources, request.again(), terminal);
    if (!steps.isEmpty()) {
      console.say("Next:");
      steps.forEach(step -> console.say("  " + step));
    }
  }

  private void json(List<Resource> resources, VolumePaths volumes, String headline) {
    var result = JSON.createObjectNode().put("type", "result").put("message", headline);
    result.put("exitCode", ExitStatus.of(resources));
    var list = result.putArray("resources");
    for (var resource : resources) {
      var node =
          list.addObject()
              .put("kind", resource.kind())
              .put("name", resource.name())
              .put("outcome", Outcome.of(resource).title());
      node.set("status", resource.status().isMissingNode() ? JSON.nullNode() : resource.status());
      paths(node, Artifact.of(resource, volumes));
    }
    console.say(result.toString());
  }

  private static void paths(ObjectNode node, List<Artifact> artifacts) {
    var paths = node.putObject("paths");
    artifacts.forEach(
        artifact -> artifact.path().ifPresent(path -> paths.put(artifact.name(), path.toString())));
  }
}
