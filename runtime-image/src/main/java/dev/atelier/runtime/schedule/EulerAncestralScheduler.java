package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Euler steps that go further down than asked for and make up for it with fresh noise
 * (k-diffusion's ancestral sampling), as diffusers' EulerAncestralDiscreteScheduler computes them.
 */
public record EulerAncestralScheduler(
    NoiseTable table, PredictionType predictionType, TimestepSpacing spacing, int stepsOffset)
    implements DiffusionScheduler {

  static EulerAncestralScheduler from(ModelConfig config) {
    return new EulerAncestralScheduler(
        NoiseTable.from(config).withSignalAtEnd(),
        PredictionType.from(config, PredictionType.EPSILON, PredictionType.V_PREDICTION),
        TimestepSpacing.from(config, "linspace"),
        config.integer("steps_offset", 0));
  }

  @Override
  public Sampling begin(int steps) {
    var sigmaTable = new SigmaTable(table);
    double[] spaced = spacing.timesteps(steps, table.steps(), stepsOffset);
    float[] timesteps = new float[steps];
    double[] sigmas = new double[steps + 1];
    for (int i = 0; i < steps; i++) {
      timesteps[i] = (float) spaced[i];
      sigmas[i] = (float) sigmaTable.at(timesteps[i]);
    }
    return new Run(timesteps, sigmas);
  }

  private final class Run extends RatioSampling {
    Run(float[] timesteps, double[] sigmas) {
      super(timesteps, sigmas, spacing == TimestepSpacing.LEADING);
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      float sigma = (float) sigma(step);
      float next = (float) sigma(step + 1);
      // In float32 as diffusers computes it: exactly, down is next^2 / sigma, but where sigma is
      // large the difference of the squares rounds, and one sampler's noise is the other's signal.
      float up = (float) Math.sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
      float down = (float) Math.sqrt(next * next - up * up);
      Tensor original = original(predictionType, prediction, sample, sigma, sigma);
      Tensor lower = towards(original, sample, sigma, down);
      return new Step(lower.combine(1, noise.get(), up), original);
    }
  }
}
