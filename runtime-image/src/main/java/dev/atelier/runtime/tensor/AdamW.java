package dev.atelier.runtime.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019) by the engine's fused kernel, equal to torch.optim.AdamW.
 *
 * <p>The optimizer owns its moments; they live until {@link #close}.
 */
public final class AdamW implements AutoCloseable {
  /** Decay rates of the moments, the term against division by zero and the decoupled decay. */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
    /** What torch uses by default, weight decay 0.01 included. */
    public static Settings defaults() {
      return new Settings(0.9, 0.999, 1e-8, 0.01);
    }
  }

  private final Settings settings;
  private final List<Tensor> parameters;
  private final List<Tensor> firstMoments;
  private final List<Tensor> secondMoments;
  private final List<Tensor> steps;

  public AdamW(List<Tensor> parameters, Settings settings) {
    this.settings = settings;
    this.parameters = List.copyOf(parameters);
    firstMoments = zeros();
    secondMoments = zeros();
    steps = new ArrayList<>();
    parameters.forEach(p -> steps.add(Scope.release(p.torch().zeros())));
  }

  /** One step with the gradients in the order of the parameters. */
  public void step(List<Tensor> gradients, double learningRate) {
    try (var mode = Autograd.paused()) {
      parameters
          .get(0)
          .torch()
          .script()
          .act(
              "adamw",
              parameters,
              gradients,
              firstMoments,
              secondMoments,
              steps,
              learningRate,
              settings.beta1(),
              settings.beta2(),
              settings.weightDecay(),
              settings.epsilon());
    }
  }

  /** The parameters in their order. */
  public List<Tensor> parameters() {
    return parameters;
  }

  /** Exponential averages of the gradients, in the order of the parameters; for checkpoints. */
  public List<Tensor> firstMoments() {
    return List.copyOf(firstMoments);
  }

  /** Exponential averages of the squared gradients; for checkpoints. */
  public List<Tensor> secondMoments() {
    return List.copyOf(secondMoments);
  }

  /** Steps taken, one number without dimensions per parameter; for checkpoints. */
  public List<Tensor> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void close() {
    firstMoments.forEach(Tensor::close);
    secondMoments.forEach(Tensor::close);
    steps.forEach(Tensor::close);
  }

  private List<Tensor> zeros() {
    var zeros = new ArrayList<Tensor>();
    parameters.forEach(p -> zeros.add(Scope.release(p.torch().zeros(p.shape()))));
    return zeros;
  }
}
