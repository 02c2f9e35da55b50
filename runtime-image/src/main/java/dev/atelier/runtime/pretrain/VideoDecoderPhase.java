package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;

/** Trains the video decoder alone: films get sharper, and latents stay what they are. */
final class VideoDecoderPhase implements Phase {

  static final String NAME = "decoder";

  private final PretrainContext<VideoRecipe> context;

  VideoDecoderPhase(PretrainContext<VideoRecipe> context) {
    this.context = context;
  }

  @Override
  public void run() throws IOException {
    var steps = context.recipe().autoencoder().training();
    var publication = new VideoAutoencoderPublication(context);
    try (var autoencoder =
        AutoencoderKLWan.load(context.torch(), publication.folder(), Storage.COPIED)) {
      var all = autoencoder.modules().parameters();
      var decoder = Trained.all("", DecoderWeights.of(all));
      var loss = new VideoAutoencoderLoss(context.torch(), context.recipe(), autoencoder);
      try (var training = Descent.of(decoder, steps, loss)) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publication.publish(done, DecoderWeights.with(all, training.result())));
      }
    }
  }
}
