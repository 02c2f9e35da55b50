package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.model.wan.autoencoder.AutoencoderKLWan;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.SafeTensorsWriter;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.StoredWeights.Storage;
import dev.atelier.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Encodes every film and every picture once, and says in the configuration where latents lie. */
final class VideoLatentsPhase implements Phase {

  /** Latents of the films, normalised, {@code [films, channels, frames, height, width]}. */
  static final String FILMS = "films";

  /** Latents of the pictures, {@code [pictures, channels, 1, height, width]}. */
  static final String PICTURES = "pictures";

  private static final int TOGETHER = 16;

  private final PretrainContext<VideoRecipe> context;

  VideoLatentsPhase(PretrainContext<VideoRecipe> context) {
    this.context = context;
  }

  @Override
  public void run() throws IOException {
    if (Files.exists(context.folder().latents())) {
      return;
    }
    var torch = context.torch();
    var world = FilmWorld.of(context.recipe());
    var size = world.size();
    try (Scope scope = Scope.open();
        var autoencoder =
            AutoencoderKLWan.load(torch, context.folder().model().resolve("vae"), Storage.MAPPED)) {
      Tensor films = encoded(autoencoder, size.films(), n -> world.whole(torch, n));
      Tensor pictures = encoded(autoencoder, size.pictures(), n -> world.picture(torch, n));
      Tensor means = films.mean(0, 2, 3, 4);
      Tensor deviations = halfWhitened(films.std(0, 2, 3, 4));
      new VideoLayout(context.recipe(), context.folder().model())
          .autoencoder(numbers(means), numbers(deviations));
      SafeTensorsWriter.write(
          context.folder().latents(),
          Map.of(
              FILMS, films.sub(means).div(deviations),
              PICTURES, pictures.sub(means).div(deviations)),
          Map.of("format", "pt"));
    }
  }

  private Tensor encoded(AutoencoderKLWan autoencoder, int count, LongFunction<Tensor> films) {
    var parts = new ArrayList<Tensor>();
    try (Scope scope = Scope.open()) {
      for (int at = 0; at < count; at += TOGETHER) {
        context.stop().check();
        try (Scope inner = Scope.open()) {
          var together = new ArrayList<Tensor>();
          for (int i = at; i < Math.min(count, at + TOGETHER); i++) {
            together.add(films.apply(i));
          }
          parts.add(inner.keep(autoencoder.encode(Ops.concat(0, together)).mode()));
        }
        context.log().progress("encoding", Math.min(count, at + TOGETHER), count, "");
      }
      return scope.keep(Ops.concat(0, parts));
    }
  }

  /**
   * What channels are divided by: more where they vary more, but less than in proportion, so that
   * the coarse ones, which say what moves where, stay louder than noise for longer.
   */
  private static Tensor halfWhitened(Tensor deviations) {
    Tensor roots = deviations.sqrt();
    double rest = deviations.mean().sqrt().item();
    return roots.mul(rest);
  }

  private static List<Double> numbers(Tensor channels) {
    var numbers = new ArrayList<Double>();
    for (float value : channels.toFloats()) {
      numbers.add((double) value);
    }
    return numbers;
  }
}
