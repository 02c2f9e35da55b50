package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A run of UniPC: each step first corrects the sample that the step before predicted, with the
 * model's output for it, and then predicts the next.
 */
final class UniPcSampling extends SolverSampling {
  private final UniPcScheduler config;
  private Optional<Tensor> before = Optional.empty();
  private int orderBefore;

  UniPcSampling(UniPcScheduler config, int steps) {
    super(config.spacing(), config.order(), steps);
    this.config = config;
  }

  @Override
  public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
    NoiseLevel from = level(step);
    PredictionType type = config.predictionType();
    Tensor original = from.original(type, prediction, sample);
    Tensor output = from.noise(type, prediction, sample);
    if (config.solvesForSample()) {
      original = config.clipping().apply(original);
      output = original;
    }
    boolean corrects = before.isPresent() && !config.uncorrected().contains(step - 1);
    Tensor corrected =
        corrects ? update(before.get(), step - 1, orderBefore, Optional.of(output)) : sample;
    remember(output);
    before.ifPresent(Tensor::close);
    before = Optional.of(Scope.release(corrected.copy()));
    orderBefore = order(step);
    return new Step(update(corrected, step, orderBefore, Optional.empty()), original);
  }

  @Override
  public void close() {
    before.ifPresent(Tensor::close);
    before = Optional.empty();
    super.close();
  }

  /**
   * The sample one step on, from the remembered outputs and, when correcting, the output there.
   *
   * @param x the sample at the step
   */
  private Tensor update(Tensor x, int step, int order, Optional<Tensor> ahead) {
    NoiseLevel from = level(step);
    NoiseLevel to = level(step + 1);
    var weights = UniPcWeights.of(config, from, to, ratios(step, order), ahead.isPresent());
    Iterator<Tensor> newest = newest();
    Tensor m0 = newest.next();
    Tensor moved = x.combine(weights.sample(), m0, weights.output());
    List<Double> differences = weights.differences();
    for (int i = 0; i < differences.size(); i++) {
      boolean last = ahead.isPresent() && i == differences.size() - 1;
      Tensor other = last ? ahead.get() : newest.next();
      moved = moved.combine(1, other.sub(m0), differences.get(i));
    }
    return moved;
  }

  /** How far back each older output lies, in units of the step to take. */
  private List<Double> ratios(int step, int order) {
    double from = level(step).lambda();
    double h = level(step + 1).lambda() - from;
    var ratios = new ArrayList<Double>();
    for (int i = 1; i < order; i++) {
      ratios.add((level(step - i).lambda() - from) / h);
    }
    return ratios;
  }

  /** As many outputs as there are, fewer towards the end, one where the noise ends at zero. */
  private int order(int step) {
    int allowed =
        config.lowerOrderFinal() ? Math.min(config.order(), steps() - step) : config.order();
    return level(step + 1).sigma() == 0 ? 1 : Math.min(allowed, remembered());
  }
}
