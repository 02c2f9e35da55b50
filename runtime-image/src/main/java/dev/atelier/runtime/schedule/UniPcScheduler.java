package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import java.util.List;
import java.util.Set;

/**
 * The unified predictor-corrector (Zhao et al. 2023) in its multistep form, as diffusers'
 * UniPCMultistepScheduler computes it.
 *
 * @param solvesForSample whether it integrates the noiseless sample instead of the noise
 * @param exponential whether B(h) is {@code e^h - 1} (bh2) instead of h (bh1)
 * @param uncorrected steps whose result the next one does not correct
 */
public record UniPcScheduler(
    SolverSpacing spacing,
    PredictionType predictionType,
    int order,
    boolean solvesForSample,
    boolean exponential,
    boolean lowerOrderFinal,
    Set<Integer> uncorrected,
    SampleClipping clipping)
    implements DiffusionScheduler {

  public UniPcScheduler {
    uncorrected = Set.copyOf(uncorrected);
  }

  static UniPcScheduler from(ModelConfig config) {
    config.require("solver_p");
    // The first three are names of DPM-Solver, which diffusers reads as bh2.
    config.require("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
    config.require("solver_order", 1, 2, 3);
    boolean forSample = config.flag("predict_x0", true);
    List<Integer> uncorrected =
        config.has("disable_corrector") ? config.integers("disable_corrector") : List.of();
    return new UniPcScheduler(
        SolverSpacing.from(config, SolverSpacing.End.LAST_OF_RUN),
        PredictionType.from(config, PredictionType.values()),
        config.integer("solver_order", 2),
        forSample,
        !config.text("solver_type", "bh2").equals("bh1"),
        config.flag("lower_order_final", true),
        Set.copyOf(uncorrected),
        SampleClipping.from(config, false));
  }

  @Override
  public NoiseTable table() {
    return spacing.table();
  }

  @Override
  public Sampling begin(int steps) {
    return new UniPcSampling(this, steps);
  }
}
