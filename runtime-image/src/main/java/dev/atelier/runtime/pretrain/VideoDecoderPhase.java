package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.train.Trained;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Trains the video decoder alone: films get sharper, and latents stay what they are. */
final class VideoDecoderPhase implements Phase {

  static final String NAME = "decoder";

  private static final String DECODER = "decoder.";

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
      var decoder = Trained.all("", decoder(all));
      var loss = new VideoAutoencoderLoss(context.torch(), context.recipe(), autoencoder);
      try (var training = Descent.of(decoder, steps, loss)) {
        context.train(
            NAME,
            steps,
            training.over((step, pass) -> step),
            done -> publication.publish(done, whole(all, training.result())));
      }
    }
  }

  private static Map<String, Tensor> decoder(Map<String, Tensor> all) {
    return all.entrySet().stream()
        .filter(parameter -> parameter.getKey().startsWith(DECODER))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Tensor> whole(Map<String, Tensor> all, Map<String, Tensor> decoder) {
    var weights = new TreeMap<>(all);
    weights.putAll(decoder);
    return weights;
  }
}
