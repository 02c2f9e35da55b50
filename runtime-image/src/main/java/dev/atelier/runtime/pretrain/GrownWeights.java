package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;

/** The weights of a smaller model, and fresh ones for the parts that it lacks. */
record GrownWeights(Weights smaller, Weights fresh) implements Weights {

  @Override
  public Torch torch() {
    return smaller.torch();
  }

  @Override
  public boolean has(String name) {
    return smaller.has(name);
  }

  @Override
  public Tensor take(String name, long... shape) {
    return smaller.has(name) ? smaller.take(name, shape) : fresh.take(name, shape);
  }

  @Override
  public void ignore(String name) {
    smaller.ignore(name);
  }

  @Override
  public void finish() {
    smaller.finish();
    fresh.finish();
  }
}
