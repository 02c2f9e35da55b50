package dev.atelier.local.cli;

import dev.atelier.local.cli.estimate.Estimates;
import dev.atelier.local.workstation.Manifest;
import dev.atelier.local.workstation.ManifestFiles;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier estimate}. */
@Command(
    name = "estimate",
    header = "Tell GPU time and cost before anything runs.",
    description = {
      "",
      "From what finished runs on the same runtime took, else from the work and a GPU's speed.",
      "What was assumed is printed with it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier estimate -f samples/headshot",
      "  kubectl atelier estimate hsm ana --teraflops 120"
    })
final class EstimateCommand implements Callable<Integer> {

  private static final Set<String> ESTIMATED = Set.of("HeadshotModel", "GenerationJob");

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana or just ana, of those that are there.")
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Files or folders with resources that need not be there yet.")
  private List<Path> files = List.of();

  @Option(
      names = "--teraflops",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "10^12 operations that a GPU reaches per second, whatever runs have shown.")
  private double teraflops;

  EstimateCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var kinds = services.kinds();
    var here = services.settings().here();
    var written =
        files.isEmpty()
            ? List.<Resource>of()
            : ManifestFiles.read(files.stream().map(here::resolve).toList()).stream()
                .map(Manifest::resource)
                .toList();
    try (var source = where.in(services.settings()).source()) {
      var asked = new ArrayList<>(written);
      if (!words.isEmpty()) {
        asked.addAll(new Lookup(kinds, source).named(words));
      }
      var known = new ArrayList<>(written);
      kinds.ours().forEach(kind -> known.addAll(source.list(kind)));
      var estimates =
          new Estimates(
              known, teraflops == 0 ? OptionalDouble.empty() : OptionalDouble.of(teraflops));
      var found = asked.stream().filter(one -> ESTIMATED.contains(one.kind())).toList();
      if (found.isEmpty()) {
        throw new UserError(
            "nothing to estimate", "Name a HeadshotModel or GenerationJob, or files with -f.");
      }
      found.forEach(
          one -> services.console().say(estimates.of(one).lines(services.console().terminal())));
    }
    return ExitStatus.DONE;
  }
}
