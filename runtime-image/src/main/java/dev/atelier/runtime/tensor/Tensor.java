package dev.atelier.runtime.tensor;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An n-dimensional array of the engine. Operations give new tensors that belong to the innermost
 * {@link Scope}; methods that end in {@code InPlace} change this one. Shapes broadcast as in numpy.
 * Every operation takes part in automatic differentiation, casts included.
 */
public final class Tensor implements AutoCloseable {
  private final Torch torch;
  private final PtNDArray array;
  private final Optional<Mapping> mapping;

  /** If the values are a mapping's, that ends with the tensor. */
  Tensor(Torch torch, PtNDArray array, Optional<Mapping> mapping) {
    this.torch = torch;
    this.array = array;
    this.mapping = mapping;
  }

  /** The engine that made this tensor. */
  public Torch torch() {
    return torch;
  }

  /** The dimensions; a copy. */
  public long[] shape() {
    return array.getShape().getShape().clone();
  }

  /** One dimension; negative counts from the end. */
  public long size(int dimension) {
    long[] shape = array.getShape().getShape();
    return shape[dimension < 0 ? shape.length + dimension : dimension];
  }

  /** The number of elements. */
  public long count() {
    return array.getShape().size();
  }

  /** The element type. */
  public DType dtype() {
    return DType.ofNative(NativeCalls.dtype(handle()));
  }

  public Tensor add(Tensor other) {
    return torch.wrap(array.add(other.array));
  }

  public Tensor sub(Tensor other) {
    return torch.wrap(array.sub(other.array));
  }

  public Tensor mul(Tensor other) {
    return torch.wrap(array.mul(other.array));
  }

  public Tensor div(Tensor other) {
    return torch.wrap(array.div(other.array));
  }

  public Tensor add(double number) {
    return call("add_scalar", this, number);
  }

  public Tensor mul(double number) {
    return call("mul_scalar", this, number);
  }

  /** {@code a * this + b * other} in one pass over the result. */
  public Tensor combine(double a, Tensor other, double b) {
    return call("lincomb", this, a, other, b);
  }

  public Tensor matmul(Tensor other) {
    return torch.wrap(array.matMul(other.array));
  }

  public Tensor square() {
    return torch.wrap(array.square());
  }

  public Tensor clamp(double low, double high) {
    return call("clamp", this, low, high);
  }

  public Tensor exp() {
    return call("exp", this);
  }

  public Tensor log() {
    return call("log", this);
  }

  public Tensor sqrt() {
    return call("sqrt", this);
  }

  public Tensor abs() {
    return call("abs", this);
  }

  public Tensor sin() {
    return call("sin", this);
  }

  public Tensor cos() {
    return call("cos", this);
  }

  public Tensor tanh() {
    return call("tanh", this);
  }

  /** Rounds half to even. */
  public Tensor round() {
    return call("round", this);
  }

  public Tensor reshape(long... shape) {
    return torch.wrap(array.reshape(new Shape(shape)));
  }

  /** Reorders the dimensions; a view. */
  public Tensor permute(long... dimensions) {
    return call("permute", this, dimensions);
  }

  /** {@code length} entries of a dimension from {@code start}; a view. */
  public Tensor narrow(int dimension, long start, long length) {
    return call("narrow", this, dimension, start, length);
  }

  /** Broadcasts to the shape; a view. */
  public Tensor expand(long... shape) {
    return call("expand", this, shape);
  }

  /** Cuts a dimension into equal parts; views. */
  public List<Tensor> chunk(int parts, int dimension) {
    return torch.script().many("chunk", this, parts, dimension).stream().map(torch::wrap).toList();
  }

  public Tensor flip(long... dimensions) {
    return call("flip", this, dimensions);
  }

  public Tensor sum() {
    return torch.wrap(array.sum());
  }

  public Tensor mean() {
    return torch.wrap(array.mean());
  }

  /** The mean over dimensions, which stay with length one. */
  public Tensor mean(long... dimensions) {
    return call("mean", this, dimensions, true);
  }

  /** The sum over dimensions, which stay with length one. */
  public Tensor sum(long... dimensions) {
    return call("sum_dims", this, dimensions, true);
  }

  /** The unbiased standard deviation over dimensions, which stay with length one. */
  public Tensor std(long... dimensions) {
    return call("std", this, dimensions, true);
  }

  public Tensor max() {
    return call("max_all", this);
  }

  /** Rows of a dimension by int64 index. */
  public Tensor select(int dimension, Tensor indices) {
    return call("index_select", this, dimension, indices);
  }

  /** Casts; gradients flow back in this tensor's own type. */
  public Tensor to(DType type) {
    return call("to_dtype", this, type.code());
  }

  /** The same values cut from the graph; shares memory. */
  public Tensor detach() {
    return call("detach", this);
  }

  /** A copy in memory of its own; in the graph. */
  public Tensor copy() {
    return call("clone", this);
  }

  /** The same values in row-major memory; this tensor's own memory if it is so already. */
  public Tensor contiguous() {
    return call("contiguous", this);
  }

  /** Whether every element is a finite number. */
  public boolean isFinite() {
    try (Scope scope = Scope.open()) {
      return torch.readable(call("all_finite", this)).array.getBoolean();
    }
  }

  /** {@code this += weight * (other - this)}. */
  public Tensor lerpInPlace(Tensor other, double weight) {
    return inPlace("lerp_", this, other, weight);
  }

  /** Overwrites this tensor's values. */
  public Tensor copyInPlace(Tensor values) {
    return inPlace("copy_", this, values);
  }

  /** Marks a leaf as a parameter whose gradient backward passes accumulate. */
  public Tensor requireGradient(boolean required) {
    array.setRequiresGradient(required);
    return this;
  }

  /** The accumulated gradient, if a backward pass reached this parameter. */
  public Optional<Tensor> gradient() {
    PtNDArray gradient = JniUtils.requiresGrad(array) ? JniUtils.getGradient(array) : null;
    return Optional.ofNullable(gradient).map(torch::wrap);
  }

  /** The value of a tensor with one element. */
  public double item() {
    try (Scope scope = Scope.open()) {
      return torch.readable(to(DType.FLOAT64).reshape(1)).array.toDoubleArray()[0];
    }
  }

  /** The values in row-major order. */
  public float[] toFloats() {
    try (Scope scope = Scope.open()) {
      return torch.readable(to(DType.FLOAT32)).array.toFloatArray();
    }
  }

  /** The values in row-major order. */
  public long[] toLongs() {
    try (Scope scope = Scope.open()) {
      return torch.readable(to(DType.INT64)).array.toLongArray();
    }
  }

  /** The bytes in row-major order, native byte order; valid while the scope around lives. */
  ByteBuffer bytes() {
    return JniUtils.getByteBuffer(torch.readable(this).array, true);
  }

  @Override
  public void close() {
    Scope.forget(this);
    free();
  }

  @Override
  public String toString() {
    return dtype() + Arrays.toString(shape());
  }

  void free() {
    array.close();
    mapping.ifPresent(Mapping::close);
  }

  long handle() {
    return array.getHandle();
  }

  PtNDArray array() {
    return array;
  }

  private Tensor call(String operator, Object... arguments) {
    return torch.wrap(torch.script().one(operator, arguments));
  }

  private Tensor inPlace(String operator, Object... arguments) {
    torch.script().act(operator, arguments);
    return this;
  }
}
