package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain reader}. */
@Command(
    name = "reader",
    header = "Train the reader that pretrain judge uses.",
    description = {
      "",
      "A small network that reads garment, colour and place off a picture, and who is in it, trained",
      "on what the renderer knows of its own drawings. Minutes; lands in DIR/reader. A folder without",
      "a run gets the drawings of the standard recipe first.",
      ""
    })
final class PretrainReaderCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "The folder of a run, or a new one.")
  private Path folder = Path.of(".");

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainReaderCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    return new PretrainRun(services, device).in(folder, Pretraining::reader);
  }
}
