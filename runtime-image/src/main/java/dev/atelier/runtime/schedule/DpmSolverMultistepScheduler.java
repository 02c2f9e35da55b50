package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.schedule.DpmUpdate.Algorithm;
import java.util.stream.Stream;

/**
 * DPM-Solver and DPM-Solver++ in their multistep form (Lu et al. 2022), as diffusers'
 * DPMSolverMultistepScheduler computes them.
 */
public record DpmSolverMultistepScheduler(
    SolverSpacing spacing,
    PredictionType predictionType,
    Algorithm algorithm,
    int order,
    boolean heun,
    boolean lowerOrderFinal,
    boolean eulerAtFinal,
    SampleClipping clipping)
    implements DiffusionScheduler {

  /** Below this number of steps the last ones use a lower order, for stability. */
  static final int FEW_STEPS = 15;

  static DpmSolverMultistepScheduler from(ModelConfig config) {
    config.require("variance_type");
    config.require("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
    config.require("solver_order", 1, 2, 3);
    return new DpmSolverMultistepScheduler(
        SolverSpacing.from(config, SolverSpacing.End.SMALLEST_OF_TRAINING),
        PredictionType.from(config, PredictionType.values()),
        algorithm(config),
        config.integer("solver_order", 2),
        config.text("solver_type", "midpoint").equals("heun"),
        config.flag("lower_order_final", true),
        config.flag("euler_at_final", false),
        SampleClipping.from(config, false));
  }

  @Override
  public NoiseTable table() {
    return spacing.table();
  }

  @Override
  public Sampling begin(int steps) {
    return new DpmSampling(this, steps);
  }

  private static Algorithm algorithm(ModelConfig config) {
    config.require("algorithm_type", Stream.of(Algorithm.values()).map(Algorithm::field).toArray());
    String name = config.text("algorithm_type", Algorithm.DPMSOLVER_PLUS.field());
    Algorithm algorithm =
        Stream.of(Algorithm.values()).filter(a -> a.field().equals(name)).findFirst().orElseThrow();
    boolean zero = config.text("final_sigmas_type", "zero").equals("zero");
    if (!algorithm.solvesForSample() && zero) {
      throw new UnsupportedConfigException(
          "%s: algorithm_type %s divides by the last sigma, so final_sigmas_type must be sigma_min."
              .formatted(config, name));
    }
    return algorithm;
  }
}
