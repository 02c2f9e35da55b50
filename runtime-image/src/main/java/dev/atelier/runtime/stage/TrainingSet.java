package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.CaptionTable;
import dev.atelier.runtime.train.Examples;
import dev.atelier.runtime.train.LatentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Everything that batches are made of, computed once: latents of the photos as they are and, if
 * asked for, in a mirror, latents of the class pictures, and the captions.
 */
record TrainingSet(
    LatentSet photoLatents,
    Optional<LatentSet> priorLatents,
    CaptionTable captions,
    Examples subject,
    Optional<Examples> prior)
    implements AutoCloseable {

  /**
   * Encodes photos and captions.
   *
   * @param flip whether photos are also learned in their mirror image
   * @param prior latents of the class pictures, which this set then owns
   * @param priorPrompts one per class picture
   * @param reading reads captions, of which the last is empty
   */
  static TrainingSet of(
      Torch torch,
      Autoencoder autoencoder,
      Function<List<String>, CaptionTable> reading,
      List<TrainingPhoto> photos,
      boolean flip,
      Optional<LatentSet> prior,
      List<String> priorPrompts) {
    var texts = new ArrayList<>(photos.stream().map(TrainingPhoto::caption).toList());
    texts.addAll(priorPrompts);
    texts.add("");
    var latents = latents(torch, autoencoder, photos, flip);
    var captions = reading.apply(texts);
    int first = photos.size();
    return new TrainingSet(
        latents,
        prior,
        captions,
        new Examples(latents, flip ? 2 : 1, IntStream.range(0, first).boxed().toList()),
        prior.map(
            set ->
                new Examples(
                    set, 1, IntStream.range(first, first + priorPrompts.size()).boxed().toList())));
  }

  private static LatentSet latents(
      Torch torch, Autoencoder autoencoder, List<TrainingPhoto> photos, boolean flip) {
    try (Scope scope = Scope.open()) {
      var pictures = new ArrayList<Tensor>();
      for (var photo : photos) {
        pictures.add(pixels(torch, photo.picture()));
      }
      for (var photo : flip ? photos : List.<TrainingPhoto>of()) {
        pictures.add(pixels(torch, photo.mirrored()));
      }
      return LatentSet.encode(autoencoder, pictures);
    }
  }

  private static Tensor pixels(Torch torch, RgbImage picture) {
    return PictureTensors.of(torch, picture);
  }

  @Override
  public void close() {
    photoLatents.close();
    priorLatents.ifPresent(LatentSet::close);
    captions.close();
  }
}
