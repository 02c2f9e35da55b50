package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain sheet}. */
@Command(
    name = "sheet",
    header = "Draw the contact sheet of a model.",
    description = {"", "Always the same prompts and seeds, so that models can be compared.", ""})
final class PretrainSheetCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The model, a folder in the diffusers layout.")
  private Path model = Path.of(".");

  @Parameters(index = "1", paramLabel = "FILE", description = "The PNG file to write.")
  private Path file = Path.of("sheet.png");

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "What stands on top. Default: the folder's name.")
  private String title = "";

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainSheetCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var here = services.settings().here();
    var folder = here.resolve(model).normalize();
    var name = title.isEmpty() ? String.valueOf(folder.getFileName()) : title;
    return new PretrainRun(services, device)
        .in(folder, run -> Pretraining.sheet(folder, here.resolve(file), name, run.device()));
  }
}
