package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Weights;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Convolution, batch normalisation (epsilon 0.001) and ReLU, the normalisation folded into the
 * convolution: with fixed statistics it is one factor and one shift per channel.
 */
final class InceptionUnit implements UnaryOperator<Tensor>, AutoCloseable {
  private static final double EPSILON = 0.001;

  private final Tensor weight;
  private final Tensor bias;
  private final int stride;
  private final int paddingHeight;
  private final int paddingWidth;

  /**
   * @param padded whether a step of one keeps height and width
   */
  InceptionUnit(Weights weights, String name, Shape shape, int stride, boolean padded) {
    this.stride = stride;
    this.paddingHeight = padded ? shape.high() / 2 : 0;
    this.paddingWidth = padded ? shape.wide() / 2 : 0;
    try (Scope scope = Scope.open();
        Tensor kernel =
            weights.take(
                name + ".conv.weight", shape.out(), shape.in(), shape.high(), shape.wide());
        Tensor factor = weights.take(name + ".bn.weight", shape.out());
        Tensor shift = weights.take(name + ".bn.bias", shape.out());
        Tensor mean = weights.take(name + ".bn.running_mean", shape.out());
        Tensor variance = weights.take(name + ".bn.running_var", shape.out())) {
      weights.ignore(name + ".bn.num_batches_tracked");
      Tensor scale = factor.div(variance.add(EPSILON).sqrt());
      weight = Scope.release(kernel.mul(scale.reshape(-1, 1, 1, 1)));
      bias = Scope.release(shift.sub(mean.mul(scale)));
    }
  }

  /** Kernel of a unit. */
  record Shape(int in, int out, int high, int wide) {}

  @Override
  public Tensor apply(Tensor x) {
    return Ops.relu(Ops.conv2d(x, weight, Optional.of(bias), stride, paddingHeight, paddingWidth));
  }

  @Override
  public void close() {
    weight.close();
    bias.close();
  }
}
