package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Autograd;

/**
 * A forward pass from a batch to its loss, and the way back.
 *
 * @param <B> what a batch holds
 */
@FunctionalInterface
public interface Forward<B> {

  /** The loss of a batch; recorded, so that the parameters learn from it. */
  Objective.Loss loss(B batch);

  /**
   * Adds a share of the gradients of a batch's loss to those of the parameters.
   *
   * @return the loss, whole
   */
  default Objective.Loss backward(B batch, double share) {
    try (var mode = Autograd.recording()) {
      var loss = loss(batch);
      loss.backward(share);
      return loss;
    }
  }
}
