package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Denoising diffusion probabilistic models (Ho et al. 2020, formulas 6 and 7), as diffusers'
 * DDPMScheduler computes them.
 *
 * @param largeVariance whether a step's noise has the variance beta instead of the posterior's
 */
public record DdpmScheduler(
    NoiseTable table,
    PredictionType predictionType,
    TimestepSpacing spacing,
    int stepsOffset,
    boolean largeVariance,
    SampleClipping clipping)
    implements DiffusionScheduler {
  private static final double LEAST_VARIANCE = 1e-20;

  static DdpmScheduler from(ModelConfig config) {
    // The logarithm of the small variance gives the same noise; learned ones need a second output.
    config.require("variance_type", "fixed_small", "fixed_small_log", "fixed_large");
    return new DdpmScheduler(
        NoiseTable.from(config),
        PredictionType.from(
            config, PredictionType.EPSILON, PredictionType.V_PREDICTION, PredictionType.SAMPLE),
        TimestepSpacing.from(config, "leading"),
        config.integer("steps_offset", 0),
        config.text("variance_type", "fixed_small").equals("fixed_large"),
        SampleClipping.from(config, true));
  }

  @Override
  public Sampling begin(int steps) {
    return new Run(spacing.timesteps(steps, table.steps(), stepsOffset));
  }

  private final class Run extends WholeStepSampling {
    Run(double[] timesteps) {
      super(table, timesteps);
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      int t = timestep(step);
      float alpha = table.alphaCumprod(t);
      float alphaNext = step + 1 < steps() ? table.alphaCumprod(timestep(step + 1)) : 1;
      float alphaStep = alpha / alphaNext;
      float beta = 1 - alphaStep;
      Tensor original =
          clipping.apply(
              NoiseLevel.ofAlphaCumprod(alpha).original(predictionType, prediction, sample));
      Tensor mean =
          original.combine(
              Math.sqrt(alphaNext) * beta / (1 - alpha),
              sample,
              Math.sqrt(alphaStep) * (1 - alphaNext) / (1 - alpha));
      float posterior = (1 - alphaNext) / (1 - alpha) * beta;
      double variance = largeVariance ? beta : Math.max(posterior, LEAST_VARIANCE);
      return new Step(t > 0 ? mean.combine(1, noise.get(), Math.sqrt(variance)) : mean, original);
    }
  }
}
