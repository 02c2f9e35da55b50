package dev.atelier.runtime.ranks;

import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/** The only rank: every sum is what it holds itself. */
record Alone() implements Ranks {

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void sum(List<Tensor> tensors) {
    // They are their sum already.
  }

  @Override
  public double[] sum(double... values) {
    return values.clone();
  }

  @Override
  public void leave() {
    // There is nobody to leave.
  }
}
