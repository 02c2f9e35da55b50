package dev.atelier.local.cli;

import dev.atelier.local.workstation.StateDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command about resources has. */
final class StateOption {

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = ".atelier",
      description =
          "State directory with resources, artifacts and logs (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of(".atelier");

  /** The directory, whether it exists or not. */
  StateDirectory in(Path here) {
    return new StateDirectory(here.resolve(directory).normalize());
  }
}
