package dev.atelier.runtime.stage;

import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.pipeline.PictureTensors;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.train.Bucket;
import dev.atelier.runtime.train.CaptionTable;
import dev.atelier.runtime.train.Examples;
import dev.atelier.runtime.train.LatentSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Everything that batches are made of, computed once: latents of the photos as they are and, if
 * asked for, in a mirror, latents of the class pictures, and the captions.
 */
record TrainingSet(CaptionTable captions, List<Bucket> buckets) implements AutoCloseable {

  TrainingSet {
    buckets = List.copyOf(buckets);
  }

  /**
   * Encodes photos and captions.
   *
   * @param reading reads captions, of which the last is empty
   * @param prior the class pictures of each bucket, whose latents this set then owns
   * @param flip whether photos are also learned in their mirror image
   */
  static TrainingSet of(
      Torch torch,
      Autoencoder autoencoder,
      Function<List<String>, CaptionTable> reading,
      List<PhotoBucket> buckets,
      ClassPictures prior,
      boolean flip) {
    var texts = new ArrayList<String>();
    var filled = new ArrayList<Bucket>();
    for (int i = 0; i < buckets.size(); i++) {
      var bucket = buckets.get(i);
      var latents = latents(torch, autoencoder, bucket.photos(), flip);
      var captions = bucket.photos().stream().map(TrainingPhoto::caption).toList();
      var subject = new Examples(latents, flip ? 2 : 1, rows(texts, captions));
      var others = prior.of(i);
      filled.add(
          new Bucket(
              subject,
              others
                  .latents()
                  .map(known -> new Examples(known, 1, rows(texts, others.prompts())))));
    }
    texts.add("");
    return new TrainingSet(reading.apply(texts), filled);
  }

  /** Adds captions to the texts that are read, and says at which rows. */
  private static List<Integer> rows(List<String> texts, List<String> captions) {
    int first = texts.size();
    texts.addAll(captions);
    return IntStream.range(first, texts.size()).boxed().toList();
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
    for (var bucket : buckets) {
      bucket.subject().latents().close();
      bucket.prior().map(Examples::latents).ifPresent(LatentSet::close);
    }
    captions.close();
  }
}
