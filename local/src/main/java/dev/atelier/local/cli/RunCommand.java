package dev.atelier.local.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier run}. */
@Command(
    name = "run",
    header = "Apply files and run them on this machine until everything is done.",
    description = {
      "",
      "Starts the API, the operator and a node agent inside this process, applies the files,",
      "shows progress, and ends when every resource is Ready, Complete or Failed. Ctrl-C writes a",
      "checkpoint; running again continues from it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier run samples/headshot",
      "  ./atelier run runtime.yaml ana.yaml --timeout 30m",
      "  ./atelier run samples/headshot --fresh --output json",
      "",
      "Exit code: 0 if everything became Ready or Complete, 1 if not, 2 for wrong arguments,",
      "130 after Ctrl-C."
    })
final class RunCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private StateOption state = new StateOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "YAML or JSON files, or folders of them (sorted by name).")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--fresh", description = "Erase what these resources did before, and start anew.")
  private boolean fresh;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (one object per line). Default: ${DEFAULT-VALUE}.")
  private RunOutput output = RunOutput.text;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = DurationConverter.class,
      description = "Stop with a checkpoint after this time, such as 90s, 30m or 2h.")
  private Duration timeout = Duration.ofHours(24);

  RunCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var here = services.settings().here();
    var request = new RunRequest(files, state.in(here), fresh, output == RunOutput.json, timeout);
    return new RunSession(
            services.console(),
            here,
            services.opener(),
            services.kinds(),
            services.interrupts(),
            services.clock())
        .run(request);
  }
}
