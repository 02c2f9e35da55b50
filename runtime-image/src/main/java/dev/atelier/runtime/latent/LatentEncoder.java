package dev.atelier.runtime.latent;

import dev.atelier.runtime.tensor.Tensor;

/** The encoding half of a video autoencoder. */
public interface LatentEncoder extends AutoCloseable {

  /**
   * Encodes a clip; the mean of the posterior, normalised as the transformer wants it.
   *
   * @param pixels {@code [1, 3, frames, height, width]} in [-1, 1], frames = 4k + 1
   * @return {@code [channels, 1 + (frames - 1) / 4, height / s, width / s]} with s the spatial
   *     compression
   */
  Tensor encode(Tensor pixels);

  /** What width and height have to be a multiple of. */
  int multiple();

  /** How clips pass, which changes latents a little. */
  default String way() {
    return "whole";
  }

  /** Digest of the autoencoder's configuration and weights: latents fit no other. */
  String sha256();

  @Override
  void close();
}
