package dev.atelier.runtime.schedule;

/**
 * A run's timesteps and sigmas, noisiest first.
 *
 * @param timesteps one per step
 * @param sigmas one per step and one behind the last
 */
record DpmSigmas(float[] timesteps, double[] sigmas) {

  static DpmSigmas of(DpmSolverMultistepScheduler config, int steps) {
    var table = new SigmaTable(config.table());
    double[] sigmas =
        switch (config.sigmaSpacing()) {
          case TIMESTEPS -> new double[0];
          case KARRAS -> SigmaTable.karras(steps, table.largest(), table.smallest());
          case LU_LAMBDAS, EXPONENTIAL ->
              SigmaTable.exponential(steps, table.largest(), table.smallest());
          case FLOW -> flow(steps, config.table().steps(), config.flowShift());
        };
    double[] timesteps =
        switch (config.sigmaSpacing()) {
          case TIMESTEPS -> spaced(config, table, steps);
          case FLOW -> scaled(sigmas, config.table().steps());
          default -> timestepsOf(sigmas, table);
        };
    double[] all = new double[steps + 1];
    float[] whole = new float[steps];
    for (int i = 0; i < steps; i++) {
      // float32, as the sigmas of diffusers are; timesteps become integers by truncation
      all[i] = (float) (sigmas.length == 0 ? table.at(timesteps[i]) : sigmas[i]);
      whole[i] = (long) timesteps[i];
    }
    all[steps] = config.zeroAtEnd() ? 0 : (float) table.smallest();
    return new DpmSigmas(whole, all);
  }

  private static double[] spaced(DpmSolverMultistepScheduler config, SigmaTable table, int steps) {
    int training = config.table().steps();
    int last = training;
    // lambda = -log sigma; steps noisier than the clipped lambda are left out
    while (last > 1 && -Math.log(table.at(last - 1)) < config.lambdaMinClipped()) {
      last--;
    }
    return config.spacing().solverTimesteps(steps, training, last, config.stepsOffset());
  }

  private static double[] timestepsOf(double[] sigmas, SigmaTable table) {
    double[] timesteps = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      timesteps[i] = Math.rint(table.timestepOf(sigmas[i]));
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

  /** Shifted sigmas of a straight flow from noise to sample. */
  private static double[] flow(int steps, int training, double shift) {
    double[] sigmas = new double[steps];
    for (int i = 0; i < steps; i++) {
      double alpha = 1 + (1.0 / training - 1) * (steps - i) / steps;
      double sigma = 1 - alpha;
      sigmas[i] = shift * sigma / (1 + (shift - 1) * sigma);
    }
    return sigmas;
  }
}
