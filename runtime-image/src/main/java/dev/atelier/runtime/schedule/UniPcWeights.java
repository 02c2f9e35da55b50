package dev.atelier.runtime.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * The factors of one UniPC update (Zhao et al. 2023, formulas 6 and 9).
 *
 * @param sample factor of the sample
 * @param output factor of the newest output
 * @param differences factors of the other outputs' differences to the newest: older ones from the
 *     youngest on, then, for a correction, the one ahead
 */
record UniPcWeights(double sample, double output, List<Double> differences) {

  /**
   * The weights of an update.
   *
   * @param ratios distance of each older output in units of the step; negative
   * @param corrects whether the output ahead takes part
   */
  static UniPcWeights of(
      UniPcScheduler config,
      NoiseLevel from,
      NoiseLevel to,
      List<Double> ratios,
      boolean corrects) {
    double h = to.lambda() - from.lambda();
    double signed = config.solvesForSample() ? -h : h;
    double phi = Math.expm1(signed);
    double outer = config.solvesForSample() ? to.alpha() : to.sigma();
    double sample =
        config.solvesForSample() ? to.sigma() / from.sigma() : to.alpha() / from.alpha();
    var nodes = new ArrayList<>(ratios);
    if (corrects) {
      nodes.add(1.0);
    }
    double base = config.exponential() ? phi : signed;
    double[] weights = weights(nodes, signed, base);
    var differences = new ArrayList<Double>();
    for (int i = 0; i < weights.length; i++) {
      differences.add(-outer * base * weights[i] / nodes.get(i));
    }
    return new UniPcWeights(sample, -outer * phi, differences);
  }

  /** One unknown is a half whatever the step, which the paper proves to be enough. */
  private static double[] weights(List<Double> nodes, double signed, double base) {
    if (nodes.size() <= 1) {
      return nodes.isEmpty() ? new double[0] : new double[] {0.5};
    }
    int count = nodes.size();
    double[][] matrix = new double[count][count];
    double[] right = new double[count];
    double phi = Math.expm1(signed) / signed - 1;
    double factorial = 1;
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        matrix[row][column] = Math.pow(nodes.get(column), row);
      }
      right[row] = phi * factorial / base;
      factorial *= row + 2;
      phi = phi / signed - 1 / factorial;
    }
    return LinearSystem.solve(matrix, right);
  }
}
