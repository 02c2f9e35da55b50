package dev.atelier.local.cli;

import dev.atelier.local.cli.view.ApiKind;
import dev.atelier.local.cli.view.Documents;
import dev.atelier.local.cli.view.ResourceTable;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier get}. */
@Command(
    name = "get",
    header = "List resources of the active or the last run.",
    footer = {
      "",
      "Examples:",
      "  ./atelier get                      all resources of atelier.dev",
      "  ./atelier get hsm ana -o yaml      one HeadshotModel in full",
      "  ./atelier get pods"
    })
final class GetCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      defaultValue = "all",
      paramLabel = "KIND",
      description = "hsm, gen, vgen, drt, jobs, pods, ... (default: all of atelier.dev).")
  private String kind = "all";

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "NAME",
      description = "One of them.")
  private String name = "";

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
    var kinds =
        kind.equals("all") ? services.kinds().ours() : List.of(services.kinds().named(kind));
    try (var source = ResourceSource.of(state.in(services.settings().here()))) {
      var found = new ArrayList<Resource>();
      kinds.forEach(k -> found.addAll(name.isEmpty() ? source.list(k) : source.find(k, name)));
      if (found.isEmpty() && !name.isEmpty()) {
        throw new UserError(
            "%s \"%s\" not found".formatted(kinds.get(0).plural(), name),
            "./atelier get %s lists those there are.".formatted(kinds.get(0).plural()));
      }
      print(kinds, found);
    }
    return ExitStatus.DONE;
  }

  private void print(List<ApiKind> kinds, List<Resource> found) {
    var console = services.console();
    if (output != GetOutput.table) {
      console.print(output == GetOutput.yaml ? Documents.yaml(found) : Documents.json(found));
    } else if (found.isEmpty()) {
      console.err().println("No resources found. ./atelier run FILE makes some.");
      console.err().flush();
    } else {
      tables(kinds, found);
    }
  }

  private void tables(List<ApiKind> kinds, List<Resource> found) {
    var table = new ResourceTable(services.console().terminal(), services.clock().instant());
    boolean between = false;
    for (var each : kinds) {
      var rows = found.stream().filter(each::holds).toList();
      if (!rows.isEmpty()) {
        if (between) {
          services.console().say("");
        }
        services.console().say(table.of(each, rows, kinds.size() > 1));
        between = true;
      }
    }
  }
}
