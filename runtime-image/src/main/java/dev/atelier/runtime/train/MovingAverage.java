package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An exponential moving average of trained parameters, with the decay rising over the first steps
 * (diffusers {@code EMAModel}).
 */
public final class MovingAverage implements AutoCloseable {

  /**
   * How fast the average forgets.
   *
   * @param most the decay that is approached
   * @param least the decay once the average has begun
   * @param begin steps during which the average is a copy of the parameters
   * @param warmUp how the decay rises
   */
  public record Decay(double most, double least, int begin, WarmUp warmUp) {

    /** Rising as {@code (1 + n) / (10 + n)}. */
    public static Decay of(double most) {
      return new Decay(most, 0, 0, new WarmUp.Ramp());
    }

    /** The decay of a step, counted from one. */
    public double at(int step) {
      int since = step - begin - 1;
      return since <= 0 ? 0 : Math.max(least, Math.min(most, warmUp.at(since)));
    }
  }

  /** How the decay rises with the steps since the average has begun. */
  public sealed interface WarmUp {
    double at(int since);

    /** {@code (1 + n) / (10 + n)}. */
    record Ramp() implements WarmUp {
      @Override
      public double at(int since) {
        return (1.0 + since) / (10.0 + since);
      }
    }

    /** {@code 1 - (1 + n / inverseGamma) ^ -power}. */
    record Power(double inverseGamma, double power) implements WarmUp {
      @Override
      public double at(int since) {
        return 1 - Math.pow(1 + since / inverseGamma, -power);
      }
    }
  }

  private final Decay decay;
  private final Map<String, Tensor> parameters;
  private final SortedMap<String, Tensor> averages = new TreeMap<>();

  /** Starts as a copy of the parameters, which are read at each step and never changed. */
  public MovingAverage(Map<String, Tensor> parameters, Decay decay) {
    this.parameters = Map.copyOf(parameters);
    this.decay = decay;
    parameters.forEach((name, value) -> averages.put(name, Scope.release(value.detach().copy())));
  }

  /** Takes the parameters of a step, counted from one, into the average. */
  public void update(int step) {
    double weight = 1 - decay.at(step);
    try (Scope scope = Scope.open();
        var mode = Autograd.paused()) {
      averages.forEach(
          (name, average) ->
              Optional.ofNullable(parameters.get(name))
                  .ifPresent(value -> average.lerpInPlace(value.detach(), weight)));
    }
  }

  /** The averages by name; to be saved, and to sample with. */
  public SortedMap<String, Tensor> averages() {
    return averages;
  }

  @Override
  public void close() {
    averages.values().forEach(Tensor::close);
  }
}
