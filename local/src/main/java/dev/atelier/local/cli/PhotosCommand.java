package dev.atelier.local.cli;

import dev.atelier.runtime.photo.PhotosCommand.Kind;
import dev.atelier.runtime.photo.PhotosCommand.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier photos}. */
@Command(
    name = "photos",
    header = "Judge the photos of a folder as intake would.",
    description = {
      "",
      "One verdict and one piece of advice for each photo, and what the set lacks. Nothing is",
      "written and nothing leaves this machine.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier photos ~/Pictures/ana",
      "  ./atelier photos samples/headshot/photos/ana --drawings --output json",
      "",
      "Exit code: 0 if the folder could be read, whatever the verdicts, 2 if not."
    })
final class PhotosCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "The folder with the photos.")
  private Path folder = Path.of(".");

  @Option(
      names = "--drawings",
      description = "Judge drawn portraits, with the settings of samples/headshot.")
  private boolean drawings;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private RunOutput output = RunOutput.text;

  PhotosCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var console = services.console();
    var photos = services.settings().here().resolve(folder);
    if (!Files.isDirectory(photos)) {
      console.error(folder + " is no folder", "Name the folder that holds the photos.");
      return ExitStatus.USAGE;
    }
    dev.atelier.runtime.photo.PhotosCommand.run(
        photos,
        drawings ? Kind.DRAWINGS : Kind.PHOTOGRAPHS,
        output == RunOutput.json ? Output.JSON : Output.TEXT,
        console.out());
    return ExitStatus.DONE;
  }
}
