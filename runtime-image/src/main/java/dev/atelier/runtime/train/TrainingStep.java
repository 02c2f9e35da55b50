package dev.atelier.runtime.train;

import dev.atelier.runtime.ranks.Ranks;
import dev.atelier.runtime.tensor.AdamW;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

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
   * @param emaDecay decay of the moving average of the parameters; empty for none
   * @param scalesLoss whether the loss is scaled, since the forward pass computes in float16
   */
  public record Settings(
      int accumulation,
      AdamW.Settings adamW,
      double clip,
      OptionalDouble emaDecay,
      boolean scalesLoss) {

    /** With losses as they are. */
    public Settings(int accumulation, AdamW.Settings adamW, double clip, OptionalDouble emaDecay) {
      this(accumulation, adamW, clip, emaDecay, false);
    }

    /** Without a moving average. */
    public Settings(int accumulation, AdamW.Settings adamW, double clip) {
      this(accumulation, adamW, clip, OptionalDouble.empty());
    }
  }

  private static final String AVERAGE = "average/";

  /** The mean losses of a step's batches. */
  public record Losses(double total, double instance, double prior) {

    Losses plus(Objective.Loss loss, double share) {
      return new Losses(
          total + loss.total().item() * share,
          instance + loss.instance().item() * share,
          prior + loss.prior().item() * share);
    }

    Losses over(Ranks ranks) {
      var sums = ranks.sum(total, instance, prior);
      return new Losses(sums[0], sums[1], sums[2]);
    }
  }

  private final Forward<B> forward;
  private final int accumulation;
  private final Ranks ranks;
  private final Optimizers optimizers;
  private final Optional<MovingAverage> average;
  private final Optional<LossScale> scale;

  /** Steps that train what the method marks. */
  public TrainingStep(Forward<B> forward, TuningMethod method, Settings settings) {
    this(forward, method.groups(), settings);
  }

  /** Steps that train the groups' parameters. */
  public TrainingStep(Forward<B> forward, List<ParameterGroup> groups, Settings settings) {
    this(forward, groups, settings, Ranks.ALONE);
  }

  /**
   * Steps that several ranks take together: their losses and gradients are means over the passes of
   * all, so that all change their parameters alike.
   *
   * @param settings with the passes of this rank
   */
  public TrainingStep(
      Forward<B> forward, List<ParameterGroup> groups, Settings settings, Ranks ranks) {
    this.forward = forward;
    this.accumulation = settings.accumulation();
    this.ranks = ranks;
    optimizers = new Optimizers(groups, settings.adamW(), settings.clip(), ranks);
    scale =
        settings.scalesLoss() ? Optional.of(LossScale.begin(torch(optimizers))) : Optional.empty();
    average =
        settings.emaDecay().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new MovingAverage(
                    optimizers.parameters(),
                    MovingAverage.Decay.of(settings.emaDecay().getAsDouble())));
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
    double share = 1.0 / (accumulation * ranks.size());
    double scaled = share * scale.map(LossScale::factor).orElse(1.0);
    for (int pass = 0; pass < accumulation; pass++) {
      try (Scope scope = Scope.open()) {
        losses = losses.plus(forward.backward(batches.batch(step, pass), scaled), share);
      }
    }
    return losses.over(ranks);
  }

  /**
   * Changes the parameters by the gathered gradients; nothing changes if those are not finite.
   *
   * @return the norm of the gradients before clipping; 0 for a step that was left out since its
   *     gradients overflowed half precision
   */
  public double update(int step) {
    try (Scope scope = Scope.open()) {
      double norm = optimizers.step(step, scale.map(LossScale::factor).orElse(1.0));
      if (Double.isFinite(norm)) {
        average.ifPresent(moving -> moving.update(step + 1));
        scale.ifPresent(LossScale::kept);
        return norm;
      }
      return scale.isPresent() && scale.get().halved() ? 0 : norm;
    }
  }

  /** Parameters, moments, step counts and moving averages by name. */
  public SortedMap<String, Tensor> state() {
    var state = optimizers.state();
    average.ifPresent(
        moving -> moving.averages().forEach((name, value) -> state.put(AVERAGE + name, value)));
    scale.ifPresent(own -> state.put("lossScale", own.state()));
    return state;
  }

  /** What training has reached by name: the moving average where there is one. */
  public SortedMap<String, Tensor> result() {
    return average.map(MovingAverage::averages).orElseGet(optimizers::parameters);
  }

  /** Lets the networks work with what training has reached, and then goes on from where it was. */
  public <T> T withResult(Supplier<T> work) {
    if (average.isEmpty()) {
      return work.get();
    }
    try (Scope scope = Scope.open()) {
      var before = new TreeMap<String, Tensor>();
      optimizers.parameters().forEach((name, value) -> before.put(name, value.detach().copy()));
      adopt(result());
      try {
        return work.get();
      } finally {
        adopt(before);
      }
    }
  }

  /**
   * Sets the parameters alone; training does not go on from here.
   *
   * @param values by the names of {@link #result}
   */
  public void adopt(Map<String, Tensor> values) {
    Optimizers.copy(values, optimizers.parameters());
  }

  /**
   * Goes back to a saved state.
   *
   * @throws IllegalArgumentException if the state is of other parameters
   */
  public void restore(Map<String, Tensor> saved) {
    Optimizers.copy(saved, state());
  }

  @Override
  public void close() {
    optimizers.close();
    average.ifPresent(MovingAverage::close);
    scale.ifPresent(LossScale::close);
  }

  private static Torch torch(Optimizers optimizers) {
    return optimizers.parameters().values().iterator().next().torch();
  }
}
