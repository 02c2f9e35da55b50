package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import dev.atelier.runtime.pretrain.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain model}. */
@Command(
    name = "model",
    header = "Train the base model, or go on with a run.",
    description = {
      "",
      "DIR gets model/ (a folder that spec.model.source can name at any time), clip/ (one for",
      "spec.perception.clip), previews/, the loss over the steps and checkpoints. Ctrl-C saves; a",
      "crash costs what came after the last checkpoint. Until the last fifth of the steps their",
      "number may be changed: the rest is the same bit for bit.",
      ""
    },
    footer = {"", "Exit code: 0 when every step is done, 130 after Ctrl-C."})
final class PretrainModelCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "Where the run is or shall be.")
  private Path folder = Path.of(".");

  @Mixin private RecipeOptions options = new RecipeOptions();

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainModelCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var standard = Recipe.standard();
    var recipe =
        standard
            .withSeed(options.seedOr(standard.seed()))
            .withDenoiserSteps(options.stepsOr(standard.denoiser().training().steps()));
    return new PretrainRun(services, device).in(folder, run -> Pretraining.model(run, recipe));
  }
}
