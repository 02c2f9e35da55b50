package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;

/**
 * Trains the decoder alone for longer: pictures get sharper, and the latents, which the denoiser
 * knows, stay what they are (as the published decoders of Stable Diffusion were, {@code
 * sd-vae-ft-ema}).
 */
final class DecoderPhase implements Phase {

  static final String NAME = "decoder";

  private final PretrainContext<Recipe> context;
  private final PictureFile pictures;

  DecoderPhase(PretrainContext<Recipe> context, PictureFile pictures) {
    this.context = context;
    this.pictures = pictures;
  }

  @Override
  public void run() throws IOException {
    var recipe = context.recipe();
    var steps = recipe.autoencoder().sharpening();
    var publication = new AutoencoderPublication(context, pictures, NAME);
    try (var autoencoder =
        Autoencoder.load(context.torch(), publication.folder(), Storage.COPIED)) {
      var all = autoencoder.modules().parameters();
      var decoder = Trained.all("", DecoderWeights.of(all));
      var loss = new AutoencoderLoss(context.torch(), recipe, autoencoder, pictures);
      try (var training = Descent.of(decoder, steps, loss)) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publication.publish(done, DecoderWeights.with(all, training.result())));
      }
    }
    sheet();
  }

  private void sheet() {
    var stages = DenoiserStage.of(context.recipe().denoiser());
    int done = stages.get(stages.size() - 1).done();
    var title = "Base model after %,d steps and with its last decoder".formatted(done);
    int edge = context.recipe().world().edge();
    Previews.write(
        context.folder(),
        "model",
        done,
        PromptSheet.of(context.torch(), context.folder().model(), edge, title));
  }
}
