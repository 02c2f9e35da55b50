package dev.atelier.runtime.model.layer;

import dev.atelier.runtime.tensor.Rows;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.Arrays;
import java.util.Optional;

/** Makes the layers below one name of a model from its weights, and registers them. */
public final class Layers {
  private final Weights weights;
  private final Modules modules;
  private final String path;
  private final boolean exact;

  private Layers(Weights weights, Modules modules, String path, boolean exact) {
    this.weights = weights;
    this.modules = modules;
    this.path = path;
    this.exact = exact;
  }

  /** The root of a model. */
  public static Layers of(Weights weights, Modules modules) {
    return new Layers(weights, modules, "", false);
  }

  /** The part below a name relative to this one. */
  public Layers at(String name) {
    return new Layers(weights, modules, full(name), exact);
  }

  /** The part below a numbered name, such as {@code resnets.0}. */
  public Layers at(String name, int index) {
    return at(name + "." + index);
  }

  /** The same with parameters in float32, however the model is held. */
  public Layers exact() {
    return new Layers(weights, modules, path, true);
  }

  /** Whether the weights hold a tensor of that relative name. */
  public boolean has(String name) {
    return weights.has(full(name));
  }

  public Linear linear(String name, long in, long out) {
    return modules.register(
        new Linear(
            full(name), take(name + ".weight", out, in), Optional.of(take(name + ".bias", out))));
  }

  public Linear linearWithoutBias(String name, long in, long out) {
    return modules.register(
        new Linear(full(name), take(name + ".weight", out, in), Optional.empty()));
  }

  public Conv2d conv(String name, long in, long out, int kernel, int stride, int padding) {
    Tensor weight = take(name + ".weight", out, in, kernel, kernel);
    var bias = Optional.of(take(name + ".bias", out));
    return modules.register(new Conv2d(full(name), weight, bias, stride, padding));
  }

  /** A convolution of kernel three that keeps height and width. */
  public Conv2d conv3(String name, long in, long out) {
    return conv(name, in, out, 3, 1, 1);
  }

  public Conv2d convWithoutBias(
      String name, long in, long out, int kernel, int stride, int padding) {
    Tensor weight = take(name + ".weight", out, in, kernel, kernel);
    return modules.register(new Conv2d(full(name), weight, Optional.empty(), stride, padding));
  }

  /**
   * A convolution over time, height and width.
   *
   * @param kernel in the order time, height, width
   * @param stride in the same order
   * @param padding zeros on every side of height and width; time is padded by the caller
   */
  public Conv3d conv3d(String name, long in, long out, long[] kernel, long[] stride, long padding) {
    Tensor weight = take(name + ".weight", out, in, kernel[0], kernel[1], kernel[2]);
    return modules.register(
        new Conv3d(full(name), weight, take(name + ".bias", out), stride, padding));
  }

  /** A norm over the channels of maps with that many dimensions behind them. */
  public ChannelNorm channelNorm(String name, long channels, int dimensions) {
    long[] shape = new long[dimensions + 1];
    Arrays.fill(shape, 1);
    shape[0] = channels;
    return modules.register(new ChannelNorm(full(name), take(name + ".gamma", shape)));
  }

  public RmsNorm rmsNorm(String name, long width, double epsilon) {
    return modules.register(new RmsNorm(full(name), take(name + ".weight", width), epsilon));
  }

  public GroupNorm groupNorm(String name, long channels, int groups, double epsilon) {
    return modules.register(
        new GroupNorm(
            full(name),
            take(name + ".weight", channels),
            take(name + ".bias", channels),
            groups,
            epsilon));
  }

  public LayerNorm layerNorm(String name, long width, double epsilon) {
    return modules.register(
        new LayerNorm(
            full(name), take(name + ".weight", width), take(name + ".bias", width), epsilon));
  }

  public Embedding embedding(String name, long entries, long width) {
    return modules.register(new Embedding(full(name), take(name + ".weight", entries, width)));
  }

  /**
   * A table that is not trained and of which only the rows asked for are read; it is no layer of
   * the model's own.
   */
  public Rows rows(String name, long entries, long width) {
    return weights.rows(full(name) + ".weight", entries, width);
  }

  public Parameter parameter(String name, long... shape) {
    return modules.register(new Parameter(full(name), take(name, shape)));
  }

  private Tensor take(String name, long... shape) {
    return exact ? weights.takeExact(full(name), shape) : weights.take(full(name), shape);
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
