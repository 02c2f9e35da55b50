package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain photos}. */
@Command(
    name = "photos",
    header = "Draw photos of a person, for tuning the samples' base model.",
    description = {
      "",
      "Twelve of 256 x 256 pixels, with captions beside them, of somebody whom no training saw.",
      "Always the same for the same seed.",
      ""
    })
final class PretrainPhotosCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(index = "0", paramLabel = "DIR", description = "Gets the photos.")
  private Path folder = Path.of(".");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed is another person. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  PretrainPhotosCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    Pretraining.photos(services.settings().here().resolve(folder), seed);
    return ExitStatus.DONE;
  }
}
