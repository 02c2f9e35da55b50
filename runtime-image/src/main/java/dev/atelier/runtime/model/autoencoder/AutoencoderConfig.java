package dev.atelier.runtime.model.autoencoder;

/** What the configuration of any autoencoder says about its latents. */
public sealed interface AutoencoderConfig permits AutoencoderKlConfig, AutoencoderTinyConfig {
  /** Channels of the latents. */
  int latentChannels();

  /** The factor f by which latents are smaller than pictures in height and in width. */
  int compression();

  /** What unscaled latents are multiplied with. */
  double scalingFactor();

  /** What is subtracted from unscaled latents before. */
  double shiftFactor();
}
