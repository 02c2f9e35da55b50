package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A convolution of {@code [batch, channels, height, width]} with a square kernel. */
public final class Conv2d implements Adaptable {
  private final String name;
  private final Optional<Tensor> bias;
  private final int stride;
  private final int padding;
  private final List<LowRank> adapters = new ArrayList<>();
  private Tensor weight;

  Conv2d(String name, Tensor weight, Optional<Tensor> bias, int stride, int padding) {
    this.name = name;
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
  }

  public Tensor forward(Tensor x) {
    Tensor y = Ops.conv2d(x, InputType.of(weight, x), InputType.of(bias, x), stride, padding);
    for (LowRank adapter : adapters) {
      Tensor down = InputType.of(adapter.down(), x);
      Tensor low = Ops.conv2d(x, down, Optional.empty(), stride, padding);
      Tensor high = Ops.conv2d(low, InputType.of(adapter.up(), x), Optional.empty(), 1, 0);
      y = y.combine(1, high, adapter.scale());
    }
    return y;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tensor weight() {
    return weight;
  }

  @Override
  public void adapt(LowRank adapter) {
    adapters.add(adapter.checked(name, weight.shape()));
  }

  @Override
  public void removeAdapters() {
    adapters.clear();
  }

  @Override
  public void fuse(LowRank adapter) {
    try (Scope scope = Scope.open()) {
      Tensor change = adapter.checked(name, weight.shape()).delta(weight.shape());
      Tensor fused = Scope.release(weight.add(change).to(weight.dtype()));
      weight.close();
      weight = fused;
    }
  }

  @Override
  public Map<String, Tensor> parameters() {
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put(name + ".weight", weight);
    bias.ifPresent(b -> parameters.put(name + ".bias", b));
    return parameters;
  }
}
