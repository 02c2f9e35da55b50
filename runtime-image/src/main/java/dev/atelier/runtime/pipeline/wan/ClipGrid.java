package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.model.wan.autoencoder.WanAutoencoderConfig;

/**
 * Which sizes and lengths a model can make.
 *
 * @param columns what a width must be a multiple of: pixels of a latent times latents of a token
 * @param rows what a height must be a multiple of
 * @param latents the autoencoder, which knows lengths
 */
public record ClipGrid(int columns, int rows, WanAutoencoderConfig latents) {

  /** That of a model. */
  public static ClipGrid of(WanFiles files) {
    var latents = files.autoencoderConfig();
    var patch = files.transformerConfig().patch();
    int factor = latents.compression();
    return new ClipGrid(factor * patch.get(2), factor * patch.get(1), latents);
  }

  /** The largest width that can be made and is no larger than wanted: 1280 for 1280. */
  public int width(int wanted) {
    return Math.max(1, wanted / columns) * columns;
  }

  /** The largest height that can be made and is no larger than wanted: 704 for 720. */
  public int height(int wanted) {
    return Math.max(1, wanted / rows) * rows;
  }

  /**
   * Refuses a length that the autoencoder cannot make.
   *
   * @throws IllegalArgumentException with the nearest lengths
   */
  public void requireLength(int frames) {
    latents.latentFrames(frames);
  }
}
