package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.schedule.DpmUpdate.Algorithm;
import java.util.Locale;

/**
 * DPM-Solver and DPM-Solver++ in their multistep form (Lu et al. 2022), as diffusers'
 * DPMSolverMultistepScheduler computes them.
 *
 * @param zeroAtEnd whether the last sigma is zero rather than the smallest of training
 * @param flowShift shift of the flow sigmas, 0 for a diffusion model
 */
public record DpmSolverMultistepScheduler(
    NoiseTable table,
    PredictionType predictionType,
    TimestepSpacing spacing,
    int stepsOffset,
    Algorithm algorithm,
    int order,
    boolean heun,
    SigmaSpacing sigmaSpacing,
    boolean zeroAtEnd,
    boolean lowerOrderFinal,
    boolean eulerAtFinal,
    double lambdaMinClipped,
    double flowShift,
    SampleClipping clipping)
    implements Scheduler {

  /** Where a run's sigmas come from. */
  enum SigmaSpacing {
    TIMESTEPS,
    KARRAS,
    LU_LAMBDAS,
    EXPONENTIAL,
    FLOW
  }

  /** Below this number of steps the last ones use a lower order, for stability. */
  static final int FEW_STEPS = 15;

  static DpmSolverMultistepScheduler from(ModelConfig config) {
    config.require("use_beta_sigmas", false);
    config.require("use_dynamic_shifting", false);
    config.require("variance_type");
    config.require("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
    config.require("final_sigmas_type", "zero", "sigma_min");
    SigmaSpacing sigmas = sigmaSpacing(config);
    return new DpmSolverMultistepScheduler(
        NoiseTable.from(config).withSignalAtEnd(),
        PredictionType.of(config.text("prediction_type", "epsilon")),
        TimestepSpacing.from(config, "linspace"),
        config.integer("steps_offset", 0),
        algorithm(config),
        config.integer("solver_order", 2),
        config.text("solver_type", "midpoint").equals("heun"),
        sigmas,
        config.text("final_sigmas_type", "zero").equals("zero"),
        config.flag("lower_order_final", true),
        config.flag("euler_at_final", false),
        config.number("lambda_min_clipped", Double.NEGATIVE_INFINITY),
        sigmas == SigmaSpacing.FLOW ? config.number("flow_shift", 1) : 0,
        SampleClipping.from(config, false));
  }

  @Override
  public Sampling begin(int steps) {
    return new DpmSampling(this, DpmSigmas.of(this, steps));
  }

  /** Whether the sigmas are those of a flow, where signal and noise add up to one. */
  boolean isFlow() {
    return sigmaSpacing == SigmaSpacing.FLOW;
  }

  private static Algorithm algorithm(ModelConfig config) {
    String name = config.text("algorithm_type", "dpmsolver++");
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.field().equals(name)) {
        return algorithm;
      }
    }
    throw new UnsupportedConfigException(
        config + ": algorithm_type " + name + " is not supported.");
  }

  private static SigmaSpacing sigmaSpacing(ModelConfig config) {
    for (SigmaSpacing spacing : SigmaSpacing.values()) {
      String name = spacing.name().toLowerCase(Locale.ROOT);
      String field =
          spacing == SigmaSpacing.LU_LAMBDAS ? "use_lu_lambdas" : "use_" + name + "_sigmas";
      if (spacing != SigmaSpacing.TIMESTEPS && config.flag(field, false)) {
        return spacing;
      }
    }
    return SigmaSpacing.TIMESTEPS;
  }
}
