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
    double finalAlpha,
    SampleClipping clipping,
    double stochasticity,
    boolean reclipNoise)
    implements Scheduler {

  static DdimScheduler from(ModelConfig config) {
    NoiseTable table = NoiseTable.from(config);
    return new DdimScheduler(
        table,
        PredictionType.of(config.text("prediction_type", "epsilon")),
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
    double[] spaced = spacing.timesteps(steps, table.steps(), stepsOffset);
    float[] timesteps = new float[steps];
    for (int i = 0; i < steps; i++) {
      timesteps[i] = (float) Math.rint(spaced[i]);
    }
    return new Run(timesteps);
  }

  private final class Run implements Sampling {
    private final float[] timesteps;

    Run(float[] timesteps) {
      this.timesteps = timesteps;
    }

    @Override
    public float[] timesteps() {
      return timesteps.clone();
    }

    @Override
    public Tensor addNoise(Tensor samples, Tensor noise, float[] at) {
      long[] whole = new long[at.length];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = (long) at[i];
      }
      return table.addNoise(samples, noise, whole);
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      int t = (int) timesteps[step];
      int next = t - table.steps() / timesteps.length;
      double alpha = table.alphaCumprod(t);
      double alphaNext = next >= 0 ? table.alphaCumprod(next) : finalAlpha;
      double signal = Math.sqrt(alpha);
      double sigma = Math.sqrt(1 - alpha);
      Tensor original = clipping.apply(original(prediction, sample, signal, sigma));
      Tensor epsilon =
          reclipNoise
              ? sample.combine(1 / sigma, original, -signal / sigma)
              : epsilon(prediction, sample, signal, sigma);
      double variance = (1 - alphaNext) / (1 - alpha) * (1 - alpha / alphaNext);
      double deviation = stochasticity * Math.sqrt(variance);
      double direction = Math.sqrt(1 - alphaNext - deviation * deviation);
      Tensor result = original.combine(Math.sqrt(alphaNext), epsilon, direction);
      return new Step(deviation > 0 ? result.combine(1, noise.get(), deviation) : result, original);
    }

    private Tensor original(Tensor prediction, Tensor sample, double signal, double sigma) {
      return switch (predictionType) {
        case EPSILON -> sample.combine(1 / signal, prediction, -sigma / signal);
        case V_PREDICTION -> sample.combine(signal, prediction, -sigma);
        case SAMPLE -> prediction;
        case FLOW -> throw new IllegalStateException("DDIM does not know flow prediction.");
      };
    }

    private Tensor epsilon(Tensor prediction, Tensor sample, double signal, double sigma) {
      return switch (predictionType) {
        case EPSILON -> prediction;
        case V_PREDICTION -> prediction.combine(signal, sample, sigma);
        case SAMPLE -> sample.combine(1 / sigma, prediction, -signal / sigma);
        case FLOW -> throw new IllegalStateException("DDIM does not know flow prediction.");
      };
    }
  }
}
