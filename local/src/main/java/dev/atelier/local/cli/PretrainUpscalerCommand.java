package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import dev.atelier.runtime.pretrain.UpscalerRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain upscaler}. */
@Command(
    name = "upscaler",
    header = "Train a small network that makes pictures four times larger.",
    description = {
      "",
      "An RRDBNet in Real-ESRGAN's layout, trained on drawn portraits and films. Lands in",
      "DIR/model; every checkpoint is measured against bicubic interpolation.",
      ""
    },
    footer = {"", "Exit code: 0 when every step is done, 130 after Ctrl-C."})
final class PretrainUpscalerCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "Where the run is or shall be.")
  private Path folder = Path.of(".");

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainUpscalerCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    return new PretrainRun(services, device)
        .in(folder, run -> Pretraining.upscaler(run, UpscalerRecipe.standard()));
  }
}
