package dev.atelier.runtime.schedule;

/**
 * A run's timesteps and sigmas, noisiest first.
 *
 * @param timesteps one per step
 * @param sigmas one per step and one behind the last
 */
record SolverSigmas(float[] timesteps, double[] sigmas) {

  static SolverSigmas of(SolverSpacing spacing, int steps) {
    var table = new SigmaTable(spacing.table());
    double[] sigmas =
        switch (spacing.sigmas()) {
          case TIMESTEPS -> new double[0];
          case FLOW -> flow(steps, spacing.table().steps(), spacing.flowShift());
          default -> spacing.sigmas().between(table.largest(), table.smallest(), steps);
        };
    double[] timesteps =
        switch (spacing.sigmas()) {
          case TIMESTEPS -> spaced(spacing, table, steps);
          case FLOW -> scaled(sigmas, spacing.table().steps());
          default -> timestepsOf(sigmas, table, spacing.roundsTimesteps());
        };
    double[] all = new double[steps + 1];
    float[] whole = new float[steps];
    for (int i = 0; i < steps; i++) {
      // float32, as the sigmas of diffusers are; timesteps become integers by truncation
      all[i] = (float) (sigmas.length == 0 ? table.at(timesteps[i]) : sigmas[i]);
      whole[i] = (long) timesteps[i];
    }
    all[steps] =
        switch (spacing.end()) {
          case ZERO -> 0;
          case SMALLEST_OF_TRAINING -> (float) table.smallest();
          case LAST_OF_RUN -> all[steps - 1];
        };
    return new SolverSigmas(whole, all);
  }

  private static double[] spaced(SolverSpacing spacing, SigmaTable table, int steps) {
    int training = spacing.table().steps();
    int last = training;
    // lambda = -log sigma; steps noisier than the clipped lambda are left out
    while (last > 1 && -Math.log(table.at(last - 1)) < spacing.lambdaMinClipped()) {
      last--;
    }
    return spacing.timesteps().solverTimesteps(steps, training, last, spacing.stepsOffset());
  }

  private static double[] timestepsOf(double[] sigmas, SigmaTable table, boolean rounds) {
    double[] timesteps = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      double timestep = table.timestepOf(sigmas[i]);
      timesteps[i] = rounds ? Math.rint(timestep) : timestep;
    }
    return timesteps;
  }

  private static double[] scaled(double[] sigmas, int training) {
    double[] timesteps = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      timesteps[i] = sigmas[i] * training;
    }
    return timesteps;
  }

  /**
   * Shifted sigmas of a straight flow from noise to sample, in the order of operations of numpy's
   * linspace: whole timesteps are cut off them, so that the last bit may count.
   */
  private static double[] flow(int steps, int training, double shift) {
    double[] sigmas = new double[steps];
    double step = (1.0 / training - 1) / steps;
    for (int i = 0; i < steps; i++) {
      double alpha = i == 0 ? 1.0 / training : (steps - i) * step + 1;
      sigmas[i] = shifted(1 - alpha, shift);
    }
    return sigmas;
  }

  /** More of the steps at high noise (Esser et al. 2024, formula 23). */
  static double shifted(double sigma, double shift) {
    return shift * sigma / (1 + (shift - 1) * sigma);
  }
}
