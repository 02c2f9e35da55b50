package dev.atelier.local.cli;

import dev.atelier.local.cli.view.Description;
import dev.atelier.local.cli.view.Documents;
import java.util.List;
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

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana or just ana; pods, jobs and others are printed as YAML.")
  private List<String> words = List.of();

  DescribeCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var kinds = services.kinds();
    var place = where.in(services.settings());
    try (var source = place.source()) {
      var found = new Lookup(kinds, source).named(words);
      var description =
          new Description(
              services.console().terminal(),
              place.volumes(source.list(kinds.named("pvc"))),
              services.settings().here(),
              services.clock().instant());
      var events = source.list(kinds.named("events"));
      for (var resource : found) {
        services
            .console()
            .print(
                resource.isAtelier()
                    ? description.of(resource, events)
                    : Documents.yaml(List.of(resource)));
      }
    }
    return ExitStatus.DONE;
  }
}
