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

  /**
   * Of one question among several whose scores stand behind one another.
   *
   * @param scores {@code [asked, scores]}
   * @param from the first score of the question
   * @param count how many answers it has
   * @param right the number of the right answer for each that is asked
   */
  static Tensor of(Tensor scores, int from, int count, int... right) {
    var answers = new float[right.length * count];
    for (int i = 0; i < right.length; i++) {
      answers[i * count + right[i]] = 1;
    }
    return of(
        scores.narrow(1, from, count), scores.torch().tensor(answers, right.length, count), 1);
  }
}
