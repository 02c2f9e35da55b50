package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** A run of a multistep solver; it remembers the outputs of the steps before. */
abstract class SolverSampling implements Sampling {
  private final SolverSpacing spacing;
  private final SolverSigmas sigmas;
  private final int order;

  /** The newest first; at most as many as the order. */
  private final Deque<Tensor> outputs = new ArrayDeque<>();

  SolverSampling(SolverSpacing spacing, int order, int steps) {
    this.spacing = spacing;
    this.order = order;
    this.sigmas = SolverSigmas.of(spacing, steps);
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
      NoiseLevel level = level(SignalAndNoise.indexOf(at[i], sigmas.timesteps()));
      mix.set(i, level.alpha(), level.sigma());
    }
    return mix.sum();
  }

  @Override
  public void close() {
    outputs.forEach(Tensor::close);
    outputs.clear();
  }

  int steps() {
    return sigmas.timesteps().length;
  }

  NoiseLevel level(int step) {
    return spacing.level(sigmas.sigmas()[step]);
  }

  /** How many outputs are remembered. */
  int remembered() {
    return outputs.size();
  }

  /** The remembered outputs, newest first. */
  Iterator<Tensor> newest() {
    return outputs.iterator();
  }

  /** Outputs outlive the scope of their step; the oldest is closed when it falls out. */
  void remember(Tensor output) {
    outputs.push(Scope.release(output.copy()));
    if (outputs.size() > order) {
      outputs.removeLast().close();
    }
  }
}
