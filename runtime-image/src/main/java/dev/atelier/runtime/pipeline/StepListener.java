package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.tensor.Tensor;

/** Hears of every denoising step. */
@FunctionalInterface
public interface StepListener {

  /** Does nothing. */
  StepListener NONE = (step, latents) -> {};

  /**
   * A step is done.
   *
   * @param step counted from 0
   * @param latents {@code [pictures, channels, height, width]}, valid during the call
   */
  void stepped(int step, Tensor latents);
}
