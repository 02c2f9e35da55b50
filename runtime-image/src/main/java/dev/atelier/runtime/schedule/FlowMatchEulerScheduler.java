package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Euler's method on a flow from noise to sample (Lipman et al. 2023; Esser et al. 2024), as
 * diffusers' FlowMatchEulerDiscreteScheduler computes it: {@code x = (1 - sigma) x_0 + sigma
 * noise}, and the model predicts {@code noise - x_0}.
 *
 * @param trainingSteps what sigma 1 is as a timestep
 * @param terminal the sigma of the last step, if the run is stretched to it
 * @param warp how the sigmas are spread once more
 * @param inverted whether the run counts from sample to noise
 * @param stochastic whether each step draws the noise afresh
 */
public record FlowMatchEulerScheduler(
    int trainingSteps,
    FlowShift shift,
    OptionalDouble terminal,
    SigmaSpacing warp,
    boolean inverted,
    boolean stochastic)
    implements Scheduler {

  private static final int TRAINING_STEPS = 1000;

  static FlowMatchEulerScheduler from(ModelConfig config) {
    double terminal = config.number("shift_terminal", 0);
    var asked = SigmaSpacing.from(config);
    // A solver's file says so of what is the only way here.
    var warp = asked == SigmaSpacing.FLOW ? SigmaSpacing.TIMESTEPS : asked;
    if (warp == SigmaSpacing.LU_LAMBDAS) {
      throw new UnsupportedConfigException(
          config + ": flow sigmas are spread by Karras or exponentially, not by " + warp + ".");
    }
    return new FlowMatchEulerScheduler(
        config.integer("num_train_timesteps", TRAINING_STEPS),
        FlowShift.from(config),
        terminal == 0 ? OptionalDouble.empty() : OptionalDouble.of(terminal),
        warp,
        config.flag("invert_sigmas", false),
        config.flag("stochastic_sampling", false));
  }

  /**
   * This sampler with its shift decided.
   *
   * @param mu logarithm of the shift, or the shift itself where the configuration says linear
   */
  public FlowMatchEulerScheduler withShift(double mu) {
    return new FlowMatchEulerScheduler(
        trainingSteps, shift.decided(mu), terminal, warp, inverted, stochastic);
  }

  /** This sampler with the shift that the size of a picture asks for, if it depends on it. */
  public FlowMatchEulerScheduler forTokens(int tokens) {
    return shift instanceof FlowShift.Dynamic dynamic ? withShift(dynamic.mu(tokens)) : this;
  }

  /**
   * A run along given timesteps, noisiest first, each a thousandth of its noise level: what
   * distilled models are trained for.
   *
   * @param stochastic whether each step draws the noise afresh
   */
  public static Sampling along(List<Double> timesteps, boolean stochastic) {
    var plain =
        new FlowMatchEulerScheduler(
            TRAINING_STEPS,
            new FlowShift.Fixed(1),
            OptionalDouble.empty(),
            SigmaSpacing.TIMESTEPS,
            false,
            stochastic);
    return plain.run(timesteps.stream().mapToDouble(t -> t / TRAINING_STEPS).toArray());
  }

  @Override
  public PredictionType predictionType() {
    return PredictionType.FLOW;
  }

  @Override
  public Sampling begin(int steps) {
    double high = shift.end(1);
    double low = shift.end(1.0 / trainingSteps);
    double[] sigmas = new double[steps];
    for (int i = 0; i < steps; i++) {
      double even = steps == 1 ? high : high + (low - high) * i / (steps - 1);
      sigmas[i] = shift.apply(even);
    }
    terminal.ifPresent(end -> stretch(sigmas, end));
    double[] spread =
        warp == SigmaSpacing.TIMESTEPS ? sigmas : warp.between(sigmas[0], sigmas[steps - 1], steps);
    return run(spread);
  }

  private Run run(double[] spread) {
    var timesteps = new float[spread.length];
    var sigmas = new double[spread.length + 1];
    for (int i = 0; i < spread.length; i++) {
      sigmas[i] = (float) (inverted ? 1 - (float) spread[i] : spread[i]);
      timesteps[i] = (float) sigmas[i] * trainingSteps;
    }
    sigmas[spread.length] = inverted ? 1 : 0;
    return new Run(timesteps, sigmas);
  }

  private static void stretch(double[] sigmas, double end) {
    double scale = (1 - sigmas[sigmas.length - 1]) / (1 - end);
    for (int i = 0; i < sigmas.length; i++) {
      sigmas[i] = 1 - (1 - sigmas[i]) / scale;
    }
  }

  private final class Run extends SigmaSampling {
    Run(float[] timesteps, double[] sigmas) {
      super(timesteps, sigmas);
    }

    @Override
    double signal(double sigma) {
      return 1 - sigma;
    }

    @Override
    public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
      double sigma = sigma(step);
      double next = sigma(step + 1);
      Tensor original = sample.combine(1, prediction, -sigma);
      Tensor moved =
          stochastic
              ? original.combine(1 - next, noise.get(), next)
              : sample.combine(1, prediction, next - sigma);
      return new Step(moved, original);
    }
  }
}
