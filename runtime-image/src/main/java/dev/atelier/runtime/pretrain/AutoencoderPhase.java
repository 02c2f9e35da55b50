package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.autoencoder.AutoencoderTiny;
import dev.atelier.runtime.model.autoencoder.AutoencoderTinyConfig;
import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.nio.file.Files;

/** Trains the autoencoder, as long as nothing builds on its latents. */
final class AutoencoderPhase implements Phase {

  static final String NAME = "autoencoder";

  private final PretrainContext<Recipe> context;
  private final PictureFile pictures;

  AutoencoderPhase(PretrainContext<Recipe> context, PictureFile pictures) {
    this.context = context;
    this.pictures = pictures;
  }

  @Override
  public void run() throws IOException {
    if (Files.exists(context.folder().latents())) {
      return;
    }
    var recipe = context.recipe();
    var publication = new AutoencoderPublication(context, pictures, NAME);
    var config =
        AutoencoderTinyConfig.from(ModelConfig.read(publication.folder().resolve("config.json")));
    var weights = new FreshWeights(context.torch(), context.seed(1));
    var steps = recipe.autoencoder().training();
    try (var autoencoder = new AutoencoderTiny(config, weights)) {
      var parameters = Trained.all("", autoencoder.modules());
      var loss = new AutoencoderLoss(context.torch(), recipe, autoencoder, pictures);
      try (var training = Descent.of(parameters, steps, loss)) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publication.publish(done, training.result()));
      }
    }
  }
}
