package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;

/**
 * One optimizer step: the forward and backward passes of its batches, then clipping and AdamW.
 * Everything that a step leaves behind is in {@link #state}.
 *
 * @param <B> what a batch holds
 */
public final class TrainingStep<B> implements AutoCloseable {

  /**
   * How a step is taken.
   *
   * @param accumulation forward passes per step
   * @param clip highest norm of the gradients of all groups together; infinite for none
   */
  public record Settings(int accumulation, AdamW.Settings adamW, double clip) {}

  /** The mean losses of a step's batches. */
  public record Losses(double total, double instance, double prior) {

    Losses plus(Objective.Loss loss, double share) {
      return new Losses(
          total + loss.total().item() * share,
          instance + loss.instance().item() * share,
          prior + loss.prior().item() * share);
    }
  }

  private final Forward<B> forward;
  private final int accumulation;
  private final Optimizers optimizers;

  /** Steps that train what the method marks. */
  public TrainingStep(Forward<B> forward, TuningMethod method, Settings settings) {
    this.forward = forward;
    this.accumulation = settings.accumulation();
    optimizers = new Optimizers(method.groups(), settings.adamW(), settings.clip());
  }

  /** These steps on the batches of a source. */
  public Training over(BatchSource<B> batches) {
    return new OverBatches<>(this, batches);
  }

  private record OverBatches<B>(TrainingStep<B> step, BatchSource<B> batches) implements Training {
    @Override
    public Losses descend(int number) {
      return step.descend(batches, number);
    }

    @Override
    public double update(int number) {
      return step.update(number);
    }

    @Override
    public SortedMap<String, Tensor> state() {
      return step.state();
    }

    @Override
    public void restore(Map<String, Tensor> saved) {
      step.restore(saved);
    }

    @Override
    public void close() {
      step.close();
    }
  }

  /** Forgets the gradients of before and gathers those of a step's batches. */
  public Losses descend(BatchSource<B> batches, int step) {
    optimizers.zeroGradients();
    var losses = new Losses(0, 0, 0);
    for (int pass = 0; pass < accumulation; pass++) {
      try (Scope scope = Scope.open()) {
        losses = losses.plus(backward(batches.batch(step, pass)), 1.0 / accumulation);
      }
    }
    return losses;
  }

  /**
   * Changes the parameters by the gathered gradients; nothing changes if those are not finite.
   *
   * @return the norm of the gradients before clipping
   */
  public double update(int step) {
    try (Scope scope = Scope.open()) {
      return optimizers.step(step);
    }
  }

  /** Parameters, moments and step counts by name. */
  public SortedMap<String, Tensor> state() {
    return optimizers.state();
  }

  /**
   * Goes back to a saved state.
   *
   * @throws IllegalArgumentException if the state is of other parameters
   */
  public void restore(Map<String, Tensor> saved) {
    optimizers.restore(saved);
  }

  @Override
  public void close() {
    optimizers.close();
  }

  private Objective.Loss backward(B batch) {
    try (var mode = Autograd.recording()) {
      var loss = forward.loss(batch);
      Autograd.backward(accumulation == 1 ? loss.total() : loss.total().mul(1.0 / accumulation));
      return loss;
    }
  }
}
