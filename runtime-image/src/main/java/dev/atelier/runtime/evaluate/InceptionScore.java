package dev.atelier.runtime.evaluate;

import java.util.Arrays;

/**
 * Inception Score (Salimans et al. 2016): {@code exp E KL(p(y|x) || p(y))} over splits by index,
 * {@code i n / splits}; torch-fidelity shuffles before, which with pictures in random order changes
 * nothing but the last digits.
 */
public final class InceptionScore {
  /** As every implementation splits. */
  public static final int SPLITS = 10;

  private InceptionScore() {}

  /** Mean and spread over the splits of class logits {@code [pictures, classes]}. */
  public static MeanAndDeviation of(Features logits, int splits) {
    if (logits.count() < splits) {
      throw new IllegalArgumentException(
          "%d splits need as many pictures, not %d".formatted(splits, logits.count()));
    }
    var scores = new double[splits];
    for (int i = 0; i < splits; i++) {
      scores[i] = score(logits, i * logits.count() / splits, (i + 1) * logits.count() / splits);
    }
    return MeanAndDeviation.of(scores);
  }

  private static double score(Features logits, int from, int to) {
    var marginal = new double[logits.width()];
    double negativeEntropy = 0;
    for (int row = from; row < to; row++) {
      double[] logarithms = logSoftmax(logits, row);
      for (int i = 0; i < marginal.length; i++) {
        double p = Math.exp(logarithms[i]);
        marginal[i] += p / (to - from);
        negativeEntropy += p * logarithms[i];
      }
    }
    double marginalEntropy = Arrays.stream(marginal).map(p -> p == 0 ? 0 : -p * Math.log(p)).sum();
    return Math.exp(negativeEntropy / (to - from) + marginalEntropy);
  }

  private static double[] logSoftmax(Features logits, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logits.width(); i++) {
      largest = Math.max(largest, logits.at(row, i));
    }
    double sum = 0;
    for (int i = 0; i < logits.width(); i++) {
      sum += Math.exp(logits.at(row, i) - largest);
    }
    var logarithms = new double[logits.width()];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = logits.at(row, i) - largest - Math.log(sum);
    }
    return logarithms;
  }
}
