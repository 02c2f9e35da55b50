package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/**
 * What the loss is multiplied by so that small gradients do not vanish in float16 (Micikevicius et
 * al. 2018; torch's {@code GradScaler}): halved when gradients overflow, doubled when they have not
 * for long. It is part of the state of training.
 */
final class LossScale implements AutoCloseable {

  private static final float START = 65_536;
  private static final int GROWTH_INTERVAL = 2_000;

  /** The factor, and the steps since it changed. */
  private final Tensor state;

  private LossScale(Tensor state) {
    this.state = state;
  }

  static LossScale begin(Torch torch) {
    try (Scope scope = Scope.open()) {
      return new LossScale(Scope.release(torch.tensor(new float[] {START, 0}, 2)));
    }
  }

  double factor() {
    return state.toFloats()[0];
  }

  /** What a checkpoint needs. */
  Tensor state() {
    return state;
  }

  /** After a step whose gradients were finite numbers. */
  void kept() {
    float[] now = state.toFloats();
    boolean grows = now[1] + 1 >= GROWTH_INTERVAL;
    set(grows ? 2 * now[0] : now[0], grows ? 0 : now[1] + 1);
  }

  /**
   * After a step whose gradients were not.
   *
   * @return whether it may be left out and the next tried with half the factor; there is nothing
   *     left to halve where training itself diverges
   */
  boolean halved() {
    float[] now = state.toFloats();
    set(now[0] / 2, 0);
    return now[0] >= 2;
  }

  @Override
  public void close() {
    state.close();
  }

  private void set(float factor, float steps) {
    try (Scope scope = Scope.open()) {
      state.copyInPlace(state.torch().tensor(new float[] {factor, steps}, 2));
    }
  }
}
