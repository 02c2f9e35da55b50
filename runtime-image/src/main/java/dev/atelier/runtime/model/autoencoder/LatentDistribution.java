package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * What an encoder says about a picture's latents, before scaling.
 *
 * @param mean the most likely latents {@code [batch, latent channels, height, width]}
 * @param logVariance the logarithm of their variance, clamped to [-30, 20]; none for a
 *     deterministic encoder
 */
public record LatentDistribution(Tensor mean, Optional<Tensor> logVariance) {
  /** The most likely latents. */
  public Tensor mode() {
    return mean;
  }

  /** A draw, {@code mean + exp(logVariance / 2) noise}; the mean of a deterministic encoder. */
  public Tensor sample(Tensor noise) {
    return logVariance.map(logarithm -> mean.add(logarithm.mul(0.5).exp().mul(noise))).orElse(mean);
  }
}
