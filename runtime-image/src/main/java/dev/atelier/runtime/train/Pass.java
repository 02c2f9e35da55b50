package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/**
 * One pass forward to a batch's loss and back to the gradients.
 *
 * @param <B> what a batch holds
 */
@FunctionalInterface
public interface Pass<B> {
  /**
   * Adds the gradients of the loss to the parameters.
   *
   * @param share of the batch in its step's loss
   * @param recomputes whether the denoiser's activations are computed again rather than kept
   */
  Objective.Loss backward(B batch, double share, boolean recomputes);

  /** A step's share of a loss; the very same where the share is the whole. */
  static Tensor share(Tensor loss, double share) {
    return share == 1 ? loss : loss.mul(share);
  }
}
