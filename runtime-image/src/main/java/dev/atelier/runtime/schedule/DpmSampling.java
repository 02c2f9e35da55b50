package dev.atelier.runtime.schedule;

import dev.atelier.runtime.schedule.DpmUpdate.Level;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Supplier;

/** A run of DPM-Solver; it remembers the outputs of the steps before. */
final class DpmSampling implements Sampling {
  private final DpmSolverMultistepScheduler config;
  private final DpmSigmas sigmas;

  /** The newest first; at most as many as the order. */
  private final Deque<Tensor> outputs = new ArrayDeque<>();

  DpmSampling(DpmSolverMultistepScheduler config, DpmSigmas sigmas) {
    this.config = config;
    this.sigmas = sigmas;
  }

  @Override
  public float[] timesteps() {
    return sigmas.timesteps().clone();
  }

  @Override
  public double[] sigmas() {
    return sigmas.sigmas().clone();
  }

  @Override
  public Tensor addNoise(Tensor samples, Tensor noise, float[] at) {
    var mix = new SignalAndNoise(samples, noise);
    for (int i = 0; i < at.length; i++) {
      Level level = level(SignalAndNoise.indexOf(at[i], sigmas.timesteps()));
      mix.set(i, level.alpha(), level.sigma());
    }
    return mix.sum();
  }

  @Override
  public Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise) {
    Level from = level(step);
    Tensor original = config.clipping().apply(original(prediction, sample, from));
    Tensor output =
        config.algorithm().solvesForSample() ? original : noise(prediction, sample, from);
    int order = Math.min(order(step), outputs.size() + 1);
    remember(output);
    DpmUpdate update =
        DpmUpdate.of(config.algorithm(), order, config.heun(), from, level(step + 1));
    return new Step(apply(update, order, step, sample, noise), original);
  }

  @Override
  public void close() {
    outputs.forEach(Tensor::close);
    outputs.clear();
  }

  private Tensor apply(
      DpmUpdate update, int order, int step, Tensor sample, Supplier<Tensor> noise) {
    Iterator<Tensor> newest = outputs.iterator();
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
    return update.noise() == 0 && !isStochastic() ? x : x.combine(1, noise.get(), update.noise());
  }

  private boolean isStochastic() {
    return config.algorithm() == DpmUpdate.Algorithm.SDE_DPMSOLVER
        || config.algorithm() == DpmUpdate.Algorithm.SDE_DPMSOLVER_PLUS;
  }

  /** The highest order allowed at a step: the last ones go lower when the steps are few. */
  private int order(int step) {
    int steps = sigmas.timesteps().length;
    boolean few = config.lowerOrderFinal() && steps < DpmSolverMultistepScheduler.FEW_STEPS;
    if (step == steps - 1 && (config.eulerAtFinal() || few || config.zeroAtEnd())) {
      return 1;
    }
    return step == steps - 2 && few ? Math.min(2, config.order()) : config.order();
  }

  private Level level(int step) {
    return Level.of(sigmas.sigmas()[step], config.isFlow());
  }

  private Tensor original(Tensor prediction, Tensor sample, Level level) {
    return switch (config.predictionType()) {
      case EPSILON -> sample.combine(1 / level.alpha(), prediction, -level.sigma() / level.alpha());
      case V_PREDICTION -> sample.combine(level.alpha(), prediction, -level.sigma());
      case SAMPLE -> prediction;
      case FLOW -> sample.combine(1, prediction, -level.sigma());
    };
  }

  private Tensor noise(Tensor prediction, Tensor sample, Level level) {
    return switch (config.predictionType()) {
      case EPSILON -> prediction;
      case V_PREDICTION -> prediction.combine(level.alpha(), sample, level.sigma());
      case SAMPLE -> sample.combine(1 / level.sigma(), prediction, -level.alpha() / level.sigma());
      case FLOW -> sample.combine(1, prediction, 1 - level.sigma());
    };
  }

  /** Outputs outlive the scope of their step; the oldest is closed when it falls out. */
  private void remember(Tensor output) {
    outputs.push(Scope.release(output.copy()));
    if (outputs.size() > config.order()) {
      outputs.removeLast().close();
    }
  }
}
