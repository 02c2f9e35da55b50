package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Iterator;
import java.util.function.Supplier;

/** A run of DPM-Solver. */
final class DpmSampling extends SolverSampling {
  private final DpmSolverMultistepScheduler config;

  DpmSampling(DpmSolverMultistepScheduler config, int steps) {
    super(config.spacing(), config.order(), steps);
    this.config = config;
  }

  @Override
  public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
    NoiseLevel from = level(step);
    PredictionType type = config.predictionType();
    Tensor original = config.clipping().apply(from.original(type, prediction, sample));
    remember(
        config.algorithm().solvesForSample() ? original : from.noise(type, prediction, sample));
    int order = Math.min(order(step), remembered());
    DpmUpdate update =
        DpmUpdate.of(config.algorithm(), order, config.heun(), from, level(step + 1));
    return new Step(apply(update, order, step, sample, noise), original);
  }

  private Tensor apply(
      DpmUpdate update, int order, int step, Tensor sample, Supplier<Tensor> noise) {
    Iterator<Tensor> newest = newest();
    Tensor m0 = newest.next();
    Tensor x = sample.combine(update.sample(), m0, update.d0());
    if (order > 1) {
      double h = level(step + 1).lambda() - level(step).lambda();
      double r0 = (level(step).lambda() - level(step - 1).lambda()) / h;
      Tensor m1 = newest.next();
      Tensor d1 = m0.combine(1 / r0, m1, -1 / r0);
      if (order > 2) {
        double r1 = (level(step - 1).lambda() - level(step - 2).lambda()) / h;
        Tensor change = d1.sub(m1.combine(1 / r1, newest.next(), -1 / r1));
        d1 = d1.combine(1, change, r0 / (r0 + r1));
        x = x.combine(1, change, update.d2() / (r0 + r1));
      }
      x = x.combine(1, d1, update.d1());
    }
    return config.algorithm().isStochastic() ? x.combine(1, noise.get(), update.noise()) : x;
  }

  /** The highest order allowed at a step: the last ones go lower when the steps are few. */
  private int order(int step) {
    boolean few = config.lowerOrderFinal() && steps() < DpmSolverMultistepScheduler.FEW_STEPS;
    boolean zeroAtEnd = config.spacing().end() == SolverSpacing.End.ZERO;
    if (step == steps() - 1 && (config.eulerAtFinal() || few || zeroAtEnd)) {
      return 1;
    }
    return step == steps() - 2 && few ? Math.min(2, config.order()) : config.order();
  }
}
