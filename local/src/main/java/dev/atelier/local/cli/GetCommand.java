package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.cli.view.ApiKinds;
import dev.atelier.local.cli.view.Documents;
import dev.atelier.local.cli.view.ResourceTable;
import dev.atelier.local.workstation.Outcome;
import dev.atelier.local.workstation.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier get}. */
@Command(
    name = "get",
    header = "List resources of the active or the last run, or of a cluster.",
    footer = {
      "",
      "Examples:",
      "  ./atelier get                      all resources of atelier.dev",
      "  ./atelier get hsm ana -o yaml      one HeadshotModel in full",
      "  ./atelier get pods"
    })
final class GetCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "[KIND [NAME]]",
      description = "hsm, gen, vgen, drt, jobs, pods, ... (default: all of atelier.dev).")
  private List<String> words = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, yaml or json (default: ${DEFAULT-VALUE}).")
  private GetOutput output = GetOutput.table;

  GetCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var known = services.kinds();
    try (var source = where.in(services.settings()).source()) {
      var found = found(known, source);
      print(known, found);
      if (!source.active() && unfinished(found)) {
        services
            .console()
            .note("No run is active; this is what the last one left. ./atelier run continues it.");
      }
    }
    return ExitStatus.DONE;
  }

  private static boolean unfinished(List<Resource> found) {
    return found.stream()
        .filter(Resource::isAtelier)
        .anyMatch(resource -> Outcome.of(resource) == Outcome.RUNNING);
  }

  private List<Resource> found(ApiKinds known, ResourceSource source) {
    if (words.isEmpty() || words.equals(List.of("all"))) {
      return known.ours().stream().flatMap(kind -> source.list(kind).stream()).toList();
    }
    return words.size() == 1 && known.isKind(words.get(0))
        ? source.list(known.named(words.get(0)))
        : new Lookup(known, source).named(words);
  }

  private void print(ApiKinds known, List<Resource> found) {
    var console = services.console();
    if (output != GetOutput.table) {
      console.print(output == GetOutput.yaml ? Documents.yaml(found) : Documents.json(found));
    } else if (found.isEmpty()) {
      console.note("No resources found. ./atelier run FILE makes some.");
    } else {
      tables(
          known.all().stream().filter(kind -> found.stream().anyMatch(kind::holds)).toList(),
          found);
    }
  }

  private void tables(List<ApiKind> kinds, List<Resource> found) {
    var table = new ResourceTable(services.console().terminal(), services.clock().instant());
    boolean between = false;
    for (var each : kinds) {
      var rows = found.stream().filter(each::holds).toList();
      if (between) {
        services.console().say("");
      }
      services.console().say(table.of(each, rows, kinds.size() > 1));
      between = true;
    }
  }
}
