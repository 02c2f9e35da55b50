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

  /** One of so many equal shares; views. */
  Clips part(int which, int of) {
    int count = size() / of;
    if (count * of != size()) {
      throw new IllegalArgumentException(
          "%d clips cannot be shared equally by %d".formatted(size(), of));
    }
    long start = (long) which * count;
    return new Clips(
        latents.narrow(0, start, count),
        noise.narrow(0, start, count),
        sigmas.narrow(0, start, count),
        text.narrow(0, start, count));
  }

  /** How many there are. */
  public int size() {
    return (int) latents.size(0);
  }
}
