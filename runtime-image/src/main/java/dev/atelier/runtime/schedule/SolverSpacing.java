package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;

/**
 * How DPM-Solver and UniPC spread their steps.
 *
 * @param roundsTimesteps whether timesteps of warped sigmas are rounded rather than cut
 * @param end the sigma behind the last step
 * @param lambdaMinClipped steps noisier than this are left out
 * @param flowShift shift of the flow sigmas
 */
record SolverSpacing(
    NoiseTable table,
    TimestepSpacing timesteps,
    int stepsOffset,
    SigmaSpacing sigmas,
    boolean roundsTimesteps,
    End end,
    double lambdaMinClipped,
    double flowShift) {

  /** What stands behind the last step. */
  enum End {
    ZERO,
    SMALLEST_OF_TRAINING,
    LAST_OF_RUN
  }

  /**
   * Reads the fields that both solvers have.
   *
   * @param sigmaMin what {@code final_sigmas_type: sigma_min} means
   */
  static SolverSpacing from(ModelConfig config, End sigmaMin) {
    config.require("use_dynamic_shifting", false);
    config.require("final_sigmas_type", "zero", "sigma_min");
    SigmaSpacing sigmas = SigmaSpacing.from(config);
    boolean flow = sigmas == SigmaSpacing.FLOW;
    return new SolverSpacing(
        NoiseTable.from(config).withSignalAtEnd(),
        TimestepSpacing.from(config, "linspace"),
        config.integer("steps_offset", 0),
        sigmas,
        sigmas != SigmaSpacing.EXPONENTIAL
            && !config.text("beta_schedule", "linear").equals("squaredcos_cap_v2"),
        config.text("final_sigmas_type", "zero").equals("zero")
            ? End.ZERO
            : flow ? sigmaMin : End.SMALLEST_OF_TRAINING,
        config.number("lambda_min_clipped", Double.NEGATIVE_INFINITY),
        config.number("flow_shift", 1));
  }

  /** Whether signal and noise add up to one, as on a flow, rather than their squares. */
  boolean isFlow() {
    return sigmas == SigmaSpacing.FLOW;
  }

  NoiseLevel level(double sigma) {
    return isFlow() ? NoiseLevel.ofFlow(sigma) : NoiseLevel.ofRatio(sigma);
  }
}
