package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/**
 * Clips of one size that pass through the denoiser together; pictures are clips of one frame.
 *
 * @param latents normalised, {@code [clips, channels, frames, height, width]}
 * @param noise of the same shape
 * @param sigmas share of noise of each clip, {@code [clips, 1, 1, 1, 1]}
 * @param text states of the captions, {@code [clips, words, width]}
 */
public record Clips(Tensor latents, Tensor noise, Tensor sigmas, Tensor text) {

  /** As above with the shares of noise as numbers. */
  public static Clips of(Tensor latents, Tensor noise, float[] sigmas, Tensor text) {
    return new Clips(
        latents, noise, latents.torch().tensor(sigmas, sigmas.length, 1, 1, 1, 1), text);
  }

  /** How many there are. */
  public int size() {
    return (int) latents.size(0);
  }
}
