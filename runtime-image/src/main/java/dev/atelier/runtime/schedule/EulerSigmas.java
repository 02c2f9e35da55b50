package dev.atelier.runtime.schedule;

/**
 * The noise levels of a run of Euler's method.
 *
 * @param timesteps one per step
 * @param sigmas one per step and one or, as diffusers has it for log-linear ones, two behind
 */
record EulerSigmas(float[] timesteps, double[] sigmas) {

  static EulerSigmas of(EulerDiscreteScheduler config, int steps) {
    var table = new SigmaTable(config.table());
    double[] spaced =
        config.spacing().timesteps(steps, config.table().steps(), config.stepsOffset());
    double[] sigmas = config.logLinear() ? logLinear(table, steps) : atTimesteps(table, spaced);
    boolean warps = config.warp() != SigmaSpacing.TIMESTEPS;
    if (warps) {
      sigmas =
          config
              .warp()
              .between(
                  config.largest().orElse(sigmas[0]),
                  config.smallest().orElse(sigmas[sigmas.length - 1]),
                  steps);
    }
    float[] timesteps = new float[steps];
    double[] all = new double[sigmas.length + 1];
    for (int i = 0; i < sigmas.length; i++) {
      all[i] = (float) sigmas[i];
    }
    all[sigmas.length] = config.zeroAtEnd() ? 0 : (float) table.smallest();
    for (int i = 0; i < steps; i++) {
      double timestep = warps ? table.timestepOf(sigmas[i]) : spaced[i];
      timesteps[i] = (float) (config.continuous() ? 0.25 * Math.log(all[i]) : timestep);
    }
    return new EulerSigmas(timesteps, all);
  }

  private static double[] atTimesteps(SigmaTable table, double[] spaced) {
    double[] sigmas = new double[spaced.length];
    for (int i = 0; i < sigmas.length; i++) {
      sigmas[i] = table.at((float) spaced[i]);
    }
    return sigmas;
  }

  private static double[] logLinear(SigmaTable table, int steps) {
    return SigmaTable.exponential(steps + 1, table.largest(), table.smallest());
  }
}
