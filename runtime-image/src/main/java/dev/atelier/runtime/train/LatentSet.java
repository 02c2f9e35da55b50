package dev.atelier.runtime.train;

import dev.atelier.runtime.model.autoencoder.Autoencoder;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Latents of pictures, encoded once: the autoencoder is not trained.
 *
 * @param mean scaled latents {@code [pictures, channels, height, width]}
 * @param deviation of the encoder's posterior, scaled alike; none for a deterministic encoder
 */
public record LatentSet(Tensor mean, Optional<Tensor> deviation) implements AutoCloseable {

  /** Latents that are known as they are. */
  public static LatentSet of(Tensor latents) {
    return new LatentSet(latents, Optional.empty());
  }

  /**
   * Encodes pictures one at a time, since the encoder needs much memory. The set lives until it is
   * closed.
   *
   * @param pictures each {@code [1, 3, height, width]} in [-1, 1]
   */
  public static LatentSet encode(Autoencoder autoencoder, List<Tensor> pictures) {
    try (Scope scope = Scope.open()) {
      var means = new ArrayList<Tensor>();
      var deviations = new ArrayList<Tensor>();
      for (var picture : pictures) {
        var latents = autoencoder.encode(picture);
        means.add(autoencoder.scaled(latents.mode()));
        latents
            .logVariance()
            .ifPresent(
                logarithm ->
                    deviations.add(
                        logarithm.mul(0.5).exp().mul(autoencoder.config().scalingFactor())));
      }
      return new LatentSet(
          Scope.release(Ops.concat(0, means)),
          deviations.isEmpty()
              ? Optional.empty()
              : Optional.of(Scope.release(Ops.concat(0, deviations))));
    }
  }

  /** How many pictures there are. */
  public int size() {
    return (int) mean.size(0);
  }

  /** The latents of some pictures, drawn from the posterior where there is one. */
  Tensor rows(Tensor indices, Supplier<Tensor> noise) {
    var means = mean.select(0, indices);
    return deviation.map(d -> means.add(d.select(0, indices).mul(noise.get()))).orElse(means);
  }

  @Override
  public void close() {
    mean.close();
    deviation.ifPresent(Tensor::close);
  }
}
