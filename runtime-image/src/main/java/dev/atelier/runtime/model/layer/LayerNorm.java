package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** Layer normalisation over the last dimension with scale and shift. */
public final class LayerNorm implements Layer {
  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final double epsilon;

  LayerNorm(String name, Tensor weight, Tensor bias, double epsilon) {
    this.name = name;
    this.weight = weight;
    this.bias = bias;
    this.epsilon = epsilon;
  }

  public Tensor forward(Tensor x) {
    return Ops.layerNorm(x, InputType.of(weight, x), InputType.of(bias, x), epsilon);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name + ".weight", weight, name + ".bias", bias);
  }
}
