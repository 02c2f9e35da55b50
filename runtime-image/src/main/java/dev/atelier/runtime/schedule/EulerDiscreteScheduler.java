package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Euler's method on the probability-flow equation (Karras et al. 2022, algorithm 2 without churn),
 * as diffusers' EulerDiscreteScheduler computes it.
 */
public record EulerDiscreteScheduler(
    NoiseTable table,
    PredictionType predictionType,
    TimestepSpacing spacing,
    int stepsOffset,
    boolean karras,
    boolean exponential,
    boolean zeroAtEnd)
    implements Scheduler {

  static EulerDiscreteScheduler from(ModelConfig config) {
    config.require("interpolation_type", "linear");
    config.require("timestep_type", "discrete");
    config.require("use_beta_sigmas", false);
    config.require("sigma_min");
    config.require("sigma_max");
    config.require("final_sigmas_type", "zero", "sigma_min");
    return new EulerDiscreteScheduler(
        NoiseTable.from(config).withSignalAtEnd(),
        PredictionType.of(config.text("prediction_type", "epsilon")),
        TimestepSpacing.from(config, "linspace"),
        config.integer("steps_offset", 0),
        config.flag("use_karras_sigmas", false),
        config.flag("use_exponential_sigmas", false),
        config.text("final_sigmas_type", "zero").equals("zero"));
  }

  @Override
  public Sampling begin(int steps) {
    var sigmaTable = new SigmaTable(table);
    double[] spaced = spacing.timesteps(steps, table.steps(), stepsOffset);
    boolean warps = karras || exponential;
    double high = sigmaTable.at(spaced[0]);
    double low = sigmaTable.at(spaced[steps - 1]);
    double[] warped =
        karras ? SigmaTable.karras(steps, high, low) : SigmaTable.exponential(steps, high, low);
    double[] sigmas = new double[steps + 1];
    float[] timesteps = new float[steps];
    for (int i = 0; i < steps; i++) {
      sigmas[i] = (float) (warps ? warped[i] : sigmaTable.at((float) spaced[i]));
      timesteps[i] = (float) (warps ? sigmaTable.timestepOf(warped[i]) : spaced[i]);
    }
    sigmas[steps] = zeroAtEnd ? 0 : (float) sigmaTable.smallest();
    return new Run(timesteps, sigmas);
  }

  private final class Run implements Sampling {
    private final float[] timesteps;
    private final double[] sigmas;

    Run(float[] timesteps, double[] sigmas) {
      this.timesteps = timesteps;
      this.sigmas = sigmas;
    }

    @Override
    public float[] timesteps() {
      return timesteps.clone();
    }

    @Override
    public double[] sigmas() {
      return sigmas.clone();
    }

    @Override
    public Tensor addNoise(Tensor samples, Tensor noise, float[] at) {
      var mix = new SignalAndNoise(samples, noise);
      for (int i = 0; i < at.length; i++) {
        mix.set(i, 1, sigmas[SignalAndNoise.indexOf(at[i], timesteps)]);
      }
      return mix.sum();
    }

    @Override
    public double initNoiseSigma() {
      return spacing == TimestepSpacing.LEADING ? Math.hypot(sigmas[0], 1) : sigmas[0];
    }

    @Override
    public Tensor scaleModelInput(Tensor sample, int step) {
      return sample.mul(1 / Math.hypot(sigmas[step], 1));
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      double sigma = sigmas[step];
      Tensor original = original(prediction, sample, sigma);
      double move = (sigmas[step + 1] - sigma) / sigma;
      return new Step(sample.combine(1 + move, original, -move), original);
    }

    private Tensor original(Tensor prediction, Tensor sample, double sigma) {
      double length = Math.hypot(sigma, 1);
      return switch (predictionType) {
        case EPSILON -> sample.combine(1, prediction, -sigma);
        case V_PREDICTION -> sample.combine(1 / (length * length), prediction, -sigma / length);
        case SAMPLE -> prediction;
        case FLOW -> throw new IllegalStateException("Euler on flows is another scheduler.");
      };
    }
  }
}
