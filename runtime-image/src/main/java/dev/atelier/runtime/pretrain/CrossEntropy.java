package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/** The mean negative logarithm of the probability that the right answers get. */
final class CrossEntropy {

  /** Keeps the logarithm finite where an answer is thought impossible. */
  private static final double LEAST = 1e-9;

  private CrossEntropy() {}

  /**
   * Of scores before softmax.
   *
   * @param answers the share of each class among the right answers, shaped as the scores; they add
   *     up to one along the dimension
   * @param dimension of the classes
   */
  static Tensor of(Tensor scores, Tensor answers, int dimension) {
    long asked = scores.size(1 - dimension);
    return Ops.softmax(scores, dimension).add(LEAST).log().mul(answers).sum().mul(-1.0 / asked);
  }
}
