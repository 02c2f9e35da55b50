package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain films}. */
@Command(
    name = "films",
    header = "Draw the clips and pictures that samples/video tunes its model on.",
    description = {"", "Always the same; their names say what they show.", ""})
final class PretrainFilmsCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(index = "0", paramLabel = "DIR", description = "Gets the folders clips and images.")
  private Path folder = Path.of(".");

  PretrainFilmsCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    Pretraining.films(services.settings().here().resolve(folder));
    return ExitStatus.DONE;
  }
}
