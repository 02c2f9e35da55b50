package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;

/** The channels of every position to one length, scaled per channel; stored as {@code gamma}. */
public final class ChannelNorm implements Layer {
  private final String name;
  private final Tensor gamma;

  ChannelNorm(String name, Tensor gamma) {
    this.name = name;
    this.gamma = gamma;
  }

  public Tensor forward(Tensor x) {
    return Ops.channelNorm(x, gamma);
  }

  /** The normalised input through SiLU. */
  public Tensor forwardSilu(Tensor x) {
    return Ops.channelNormSilu(x, gamma);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, Tensor> parameters() {
    return Map.of(name + ".gamma", gamma);
  }
}
