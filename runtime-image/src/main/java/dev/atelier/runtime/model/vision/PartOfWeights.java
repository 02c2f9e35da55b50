package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;

/** Weights of a model that is a part of another, which alone knows whether any is left over. */
record PartOfWeights(Weights whole) implements Weights {
  @Override
  public Torch torch() {
    return whole.torch();
  }

  @Override
  public boolean has(String name) {
    return whole.has(name);
  }

  @Override
  public Tensor take(String name, long... shape) {
    return whole.take(name, shape);
  }

  @Override
  public void ignore(String name) {
    whole.ignore(name);
  }

  @Override
  public void finish() {
    // The whole model finishes.
  }
}
