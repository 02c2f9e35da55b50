package dev.atelier.runtime.model;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what a model asks for; every parameter is one zero, seen as often as it is wide. */
public final class CountingWeights implements Weights {
  private final Torch torch;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  public CountingWeights(Torch torch) {
    this.torch = torch;
  }

  public int tensors() {
    return counts.size();
  }

  public long parameters() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return false;
  }

  @Override
  public Tensor take(String name, long... shape) {
    try (Scope scope = Scope.open()) {
      Tensor tensor = Scope.release(torch.scalar(0).expand(shape));
      counts.put(name, tensor.count());
      return tensor;
    }
  }

  @Override
  public void ignore(String name) {}

  @Override
  public void finish() {}
}
