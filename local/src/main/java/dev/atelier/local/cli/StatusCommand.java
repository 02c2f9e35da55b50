package dev.atelier.local.cli;

import dev.atelier.local.cli.view.StatusTree;
import dev.atelier.local.workstation.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier status}. */
@Command(
    name = "status",
    header = "Show where a resource stands: its run, the stages, their pods.",
    description = {"", "With a bar for what computes. `describe` tells all that is known.", ""},
    footer = {
      "",
      "Examples:",
      "  ./atelier status                   everything of the active or the last run",
      "  kubectl atelier status ana         one resource of a cluster"
    })
final class StatusCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana or just ana (default: everything that runs or ran).")
  private List<String> words = List.of();

  StatusCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var kinds = services.kinds();
    var console = services.console();
    try (var source = where.in(services.settings()).source()) {
      var shown =
          words.isEmpty()
              ? kinds.ours().stream().flatMap(kind -> source.list(kind).stream()).toList()
              : new Lookup(kinds, source).named(words);
      var tree =
          new StatusTree(
              console.terminal(),
              source.list(kinds.named("jobs")),
              source.list(kinds.named("pods")),
              services.clock().instant());
      shown.stream().filter(StatusCommand::runs).map(tree::of).forEach(console::say);
      if (shown.isEmpty()) {
        console.note("No resources found. ./atelier run FILE makes some.");
      }
    }
    return ExitStatus.DONE;
  }

  /** A runtime is used, but it runs nothing itself. */
  private static boolean runs(Resource resource) {
    return resource.isAtelier() && !resource.namespace().isEmpty();
  }
}
