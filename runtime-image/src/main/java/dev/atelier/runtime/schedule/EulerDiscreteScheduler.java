package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Tensor;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Euler's method on the probability-flow equation (Karras et al. 2022, algorithm 2), as diffusers'
 * EulerDiscreteScheduler computes it.
 *
 * @param logLinear whether sigmas are evenly spaced in their logarithm
 * @param continuous whether the model is told {@code log(sigma) / 4} instead of a training step
 * @param warp how the sigmas are spread
 * @param largest the sigma to warp from, if not the run's own
 * @param smallest the sigma to warp to, if not the run's own
 */
public record EulerDiscreteScheduler(
    NoiseTable table,
    PredictionType predictionType,
    TimestepSpacing spacing,
    int stepsOffset,
    boolean logLinear,
    boolean continuous,
    SigmaSpacing warp,
    OptionalDouble largest,
    OptionalDouble smallest,
    boolean zeroAtEnd,
    Churn churn)
    implements DiffusionScheduler {

  /**
   * Noise that is added before each step.
   *
   * @param amount over the whole run; 0 for none
   * @param noiseScale deviation of the added noise
   */
  public record Churn(double amount, double noiseScale) {
    static final Churn NONE = new Churn(0, 1);
    private static final double LIMIT = Math.sqrt(2) - 1;

    double increase(int sigmas) {
      return Math.min(amount / sigmas, LIMIT);
    }
  }

  static EulerDiscreteScheduler from(ModelConfig config) {
    config.require("interpolation_type", "linear", "log_linear");
    config.require("timestep_type", "discrete", "continuous");
    config.require("final_sigmas_type", "zero", "sigma_min");
    var warp = SigmaSpacing.from(config);
    if (warp == SigmaSpacing.FLOW || warp == SigmaSpacing.LU_LAMBDAS) {
      throw new UnsupportedConfigException(
          config + ": Euler spreads sigmas by Karras or exponentially, not by " + warp + ".");
    }
    var prediction =
        PredictionType.from(
            config, PredictionType.EPSILON, PredictionType.V_PREDICTION, PredictionType.SAMPLE);
    return new EulerDiscreteScheduler(
        NoiseTable.from(config).withSignalAtEnd(),
        prediction,
        TimestepSpacing.from(config, "linspace"),
        config.integer("steps_offset", 0),
        config.text("interpolation_type", "linear").equals("log_linear"),
        config.text("timestep_type", "discrete").equals("continuous")
            && prediction == PredictionType.V_PREDICTION,
        warp,
        optional(config, "sigma_max"),
        optional(config, "sigma_min"),
        config.text("final_sigmas_type", "zero").equals("zero"),
        Churn.NONE);
  }

  /** This sampler with noise added before each step. */
  public EulerDiscreteScheduler withChurn(Churn added) {
    return new EulerDiscreteScheduler(
        table,
        predictionType,
        spacing,
        stepsOffset,
        logLinear,
        continuous,
        warp,
        largest,
        smallest,
        zeroAtEnd,
        added);
  }

  @Override
  public Sampling begin(int steps) {
    return new Run(EulerSigmas.of(this, steps));
  }

  private static OptionalDouble optional(ModelConfig config, String field) {
    return config.has(field) ? OptionalDouble.of(config.number(field, 0)) : OptionalDouble.empty();
  }

  private final class Run extends RatioSampling {
    Run(EulerSigmas sigmas) {
      super(sigmas.timesteps(), sigmas.sigmas(), spacing == TimestepSpacing.LEADING);
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      double sigma = sigma(step);
      double raised = sigma * (1 + churn.increase(sigmas().length - 1));
      double added = Math.sqrt(raised * raised - sigma * sigma) * churn.noiseScale();
      Tensor x = raised > sigma ? sample.combine(1, noise.get(), added) : sample;
      Tensor original = original(predictionType, prediction, x, sigma, raised);
      return new Step(towards(original, x, raised, sigma(step + 1)), original);
    }
  }
}
