package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Description;
import dev.atelier.local.cli.view.Documents;
import dev.atelier.local.workstation.UserError;
import dev.atelier.local.workstation.VolumePaths;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier describe}. */
@Command(
    name = "describe",
    header = "Show everything known about a resource.",
    description = {
      "",
      "Conditions with their ages, the run, rejected photos with advice, progress, metrics, files",
      "and events.",
      ""
    },
    footer = {"", "Example:", "  ./atelier describe hsm ana"})
final class DescribeCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private StateOption state = new StateOption();

  @Parameters(index = "0", paramLabel = "KIND", description = "hsm, gen, vgen, drt, pods, ...")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its name.")
  private String name = "";

  DescribeCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var kinds = services.kinds();
    var named = kinds.named(kind);
    var directory = state.in(services.settings().here());
    try (var source = ResourceSource.of(directory)) {
      var found = source.find(named, name);
      if (found.isEmpty()) {
        throw new UserError(
            "%s \"%s\" not found".formatted(named.plural(), name),
            "./atelier get %s lists those there are.".formatted(named.plural()));
      }
      if (!kinds.ours().contains(named)) {
        services.console().print(Documents.yaml(found));
        return ExitStatus.DONE;
      }
      var description =
          new Description(
              services.console().terminal(),
              new VolumePaths(directory, source.list(kinds.named("pvc"))),
              services.settings().here(),
              services.clock().instant());
      var events = source.list(kinds.named("events"));
      found.forEach(resource -> services.console().print(description.of(resource, events)));
    }
    return ExitStatus.DONE;
  }
}
