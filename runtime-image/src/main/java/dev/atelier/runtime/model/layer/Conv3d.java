package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** A convolution of {@code [batch, channels, frames, height, width]} without padding in time. */
public final class Conv3d implements Layer {
  private final String name;
  private final Tensor weight;
  private final Tensor bias;
  private final long[] stride;
  private final long[] padding;

  /**
   * @param stride in the order time, height, width
   * @param padding zeros on every side of height and width
   */
  Conv3d(String name, Tensor weight, Tensor bias, long[] stride, long padding) {
    this.name = name;
    this.weight = weight;
    this.bias = bias;
    this.stride = stride.clone();
    this.padding = new long[] {0, padding, padding};
  }

  public Tensor forward(Tensor x) {
    return Ops.conv3d(
        x, InputType.of(weight, x), Optional.of(InputType.of(bias, x)), stride, padding);
  }

  /**
   * One frame {@code [batch, channels, 1, height, width]} with nothing but zeros before it: only
   * the kernel's last slice in time meets values, so that a convolution of pictures is enough.
   */
  public Tensor forwardFirst(Tensor x) {
    long last = weight.size(2) - 1;
    Tensor slice = weight.narrow(2, last, 1);
    return Ops.conv3d(x, slice, Optional.of(bias), new long[] {1, stride[1], stride[2]}, padding);
  }

  /** The kernel's length in time. */
  public long frames() {
    return weight.size(2);
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
