package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Denoising diffusion implicit models (Song et al. 2021, formulas 12 and 16), as diffusers'
 * DDIMScheduler computes them.
 *
 * @param finalAlpha abar behind the last step
 * @param stochasticity eta: 0 is deterministic, 1 adds as much noise as DDPM
 * @param reclipNoise whether the noise is computed again from the clipped original
 */
public record DdimScheduler(
    NoiseTable table,
    PredictionType predictionType,
    TimestepSpacing spacing,
    int stepsOffset,
    float finalAlpha,
    SampleClipping clipping,
    double stochasticity,
    boolean reclipNoise)
    implements DiffusionScheduler {

  static DdimScheduler from(ModelConfig config) {
    NoiseTable table = NoiseTable.from(config);
    return new DdimScheduler(
        table,
        PredictionType.from(
            config, PredictionType.EPSILON, PredictionType.V_PREDICTION, PredictionType.SAMPLE),
        TimestepSpacing.from(config, "leading"),
        config.integer("steps_offset", 0),
        config.flag("set_alpha_to_one", true) ? 1 : table.alphaCumprod(0),
        SampleClipping.from(config, true),
        0,
        false);
  }

  /** This sampler with noise added at each step. */
  public DdimScheduler withStochasticity(double eta, boolean reclip) {
    return new DdimScheduler(
        table, predictionType, spacing, stepsOffset, finalAlpha, clipping, eta, reclip);
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
      int next = t - table.steps() / steps();
      float alpha = table.alphaCumprod(t);
      float alphaNext = next >= 0 ? table.alphaCumprod(next) : finalAlpha;
      var level = NoiseLevel.ofAlphaCumprod(alpha);
      Tensor original = clipping.apply(level.original(predictionType, prediction, sample));
      Tensor epsilon =
          reclipNoise
              ? level.noiseBeside(original, sample)
              : level.noise(predictionType, prediction, sample);
      float variance = (1 - alphaNext) / (1 - alpha) * (1 - alpha / alphaNext);
      float deviation = (float) (stochasticity * Math.sqrt(variance));
      double direction = Math.sqrt(Math.max(0, 1 - alphaNext - deviation * deviation));
      Tensor result = original.combine(Math.sqrt(alphaNext), epsilon, direction);
      return new Step(deviation > 0 ? result.combine(1, noise.get(), deviation) : result, original);
    }
  }
}
