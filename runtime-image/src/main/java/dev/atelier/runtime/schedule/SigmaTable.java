package dev.atelier.runtime.schedule;

/** The noise-to-signal ratio sigma = sqrt((1 - abar) / abar) of every training step. */
final class SigmaTable {
  private static final double KARRAS_RHO = 7;

  private final double[] sigmas;
  private final float[] logarithms;

  SigmaTable(NoiseTable table) {
    sigmas = new double[table.steps()];
    logarithms = new float[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      double alpha = table.alphaCumprod(i);
      // Torch's float32 root rounds the ratio of the least signal up to 4096, and samplers that
      // start from it cancel almost all of that.
      boolean least = alpha == NoiseTable.LEAST_SIGNAL;
      sigmas[i] = least ? Math.sqrt(1 / alpha) : Math.sqrt((1 - alpha) / alpha);
      logarithms[i] = (float) Math.log((float) sigmas[i]);
    }
  }

  double smallest() {
    return sigmas[0];
  }

  double largest() {
    return sigmas[sigmas.length - 1];
  }

  /** sigma at a training step, linear between whole ones. */
  double at(double timestep) {
    int low = (int) Math.max(0, Math.min(Math.floor(timestep), sigmas.length - 2.0));
    double share = Math.max(0, Math.min(1, timestep - low));
    return sigmas[low] + share * (sigmas[low + 1] - sigmas[low]);
  }

  /**
   * The training step of a sigma, linear in its logarithm. The table's logarithms are float32 as in
   * diffusers: where timesteps are cut to whole numbers, the last bit decides between two.
   */
  double timestepOf(double sigma) {
    double log = Math.log(Math.max(sigma, 1e-10));
    int low = 0;
    while (low < sigmas.length - 2 && logarithms[low + 1] <= log) {
      low++;
    }
    double below = logarithms[low];
    double above = logarithms[low + 1];
    double share = Math.max(0, Math.min(1, (below - log) / (below - above)));
    return low + share;
  }

  /** The spacing of Karras et al. 2022 (formula 5) from the largest sigma to the smallest. */
  static double[] karras(int steps, double largest, double smallest) {
    double high = Math.pow(largest, 1 / KARRAS_RHO);
    double low = Math.pow(smallest, 1 / KARRAS_RHO);
    double[] spaced = new double[steps];
    for (int i = 0; i < steps; i++) {
      spaced[i] = Math.pow(high + ramp(i, steps) * (low - high), KARRAS_RHO);
    }
    return spaced;
  }

  /** Evenly spaced in the logarithm from the largest sigma to the smallest. */
  static double[] exponential(int steps, double largest, double smallest) {
    double high = Math.log(largest);
    double low = Math.log(smallest);
    double[] spaced = new double[steps];
    for (int i = 0; i < steps; i++) {
      spaced[i] = Math.exp(high + ramp(i, steps) * (low - high));
    }
    return spaced;
  }

  private static double ramp(int i, int steps) {
    return steps == 1 ? 0 : (double) i / (steps - 1);
  }
}
