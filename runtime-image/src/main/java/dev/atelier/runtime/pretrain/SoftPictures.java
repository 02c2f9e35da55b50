package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/**
 * Drawings as they look when a small model draws them: soft, and a little off in their values. What
 * reads pictures of models learns from these, not from sharp drawings alone.
 */
record SoftPictures(Torch torch, PictureFile pictures) {

  private static final double NOISE = 0.05;

  /**
   * Pictures for a step, {@code [pictures, 3, edge, edge]} in about [-1, 1]: in every other step
   * blurred, always with some noise.
   */
  Tensor at(int step, long seed, int... numbers) {
    return soft(pictures.pictures(torch, numbers), step, seed);
  }

  /**
   * The same of other drawings.
   *
   * @param drawn {@code [pictures, channels, height, width]}
   */
  static Tensor soft(Tensor drawn, int step, long seed) {
    var soft = step % 2 == 0 ? drawn : Ops.averagePool(drawn, 3, 1, 1);
    try (var generator = drawn.torch().generator(seed)) {
      return soft.add(generator.randn(drawn.shape()).mul(NOISE));
    }
  }
}
