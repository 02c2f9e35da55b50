package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** Division by the root mean square of the last dimension (Zhang and Sennrich 2019), scaled. */
public final class RmsNorm implements Layer {
  private final String name;
  private final Tensor weight;
  private final double epsilon;

  RmsNorm(String name, Tensor weight, double epsilon) {
    this.name = name;
    this.weight = weight;
    this.epsilon = epsilon;
  }

  public Tensor forward(Tensor x) {
    return Ops.rmsNorm(x, InputType.of(weight, x), epsilon);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name + ".weight", weight);
  }
}
