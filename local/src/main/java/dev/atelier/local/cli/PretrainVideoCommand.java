package dev.atelier.local.cli;

import dev.atelier.runtime.pretrain.Pretraining;
import dev.atelier.runtime.pretrain.VideoRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code atelier pretrain video}. */
@Command(
    name = "video",
    header = "Train a small text-to-video model, or go on with a run.",
    description = {
      "",
      "Draws films of moving shapes and trains tokenizer, autoencoder, text encoder and denoiser on",
      "them. DIR gets model/ (a WanPipeline in the diffusers layout), previews/, the loss over the",
      "steps and checkpoints. Ctrl-C saves; a crash costs what came after the last checkpoint.",
      ""
    },
    footer = {"", "Exit code: 0 when every step is done, 130 after Ctrl-C."})
final class PretrainVideoCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "Where the run is or shall be.")
  private Path folder = Path.of(".");

  @Mixin private RecipeOptions options = new RecipeOptions();

  @Mixin private DeviceOption device = new DeviceOption();

  PretrainVideoCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws IOException {
    var standard = VideoRecipe.standard();
    var recipe =
        standard
            .withSeed(options.seedOr(standard.seed()))
            .withSteps(options.stepsOr(standard.denoiser().training().steps()));
    return new PretrainRun(services, device).in(folder, run -> Pretraining.video(run, recipe));
  }
}
