package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.GroupNormalization;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** Group normalisation (Wu and He 2018) with scale and shift per channel. */
public final class GroupNorm implements Layer {
  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final int groups;
  private final double epsilon;

  GroupNorm(String name, Tensor weight, Tensor bias, int groups, double epsilon) {
    this.name = name;
    this.weight = weight;
    this.bias = bias;
    this.groups = groups;
    this.epsilon = epsilon;
  }

  public Tensor forward(Tensor x) {
    return GroupNormalization.of(
        x, groups, InputType.of(weight, x), InputType.of(bias, x), epsilon);
  }

  /** The normalised input through SiLU. */
  public Tensor forwardSilu(Tensor x) {
    return GroupNormalization.silu(
        x, groups, InputType.of(weight, x), InputType.of(bias, x), epsilon);
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
