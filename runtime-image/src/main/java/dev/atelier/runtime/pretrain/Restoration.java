package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;

/** What autoencoders of pictures and of films are trained by; height and width come last. */
final class Restoration {

  private static final double EDGES = 0.5;

  private Restoration() {}

  /** The absolute error of pixels and, for sharp edges, of the differences between neighbours. */
  static Tensor error(Tensor restored, Tensor original) {
    var difference = restored.sub(original);
    int width = difference.shape().length - 1;
    var edges = change(difference, width - 1).add(change(difference, width));
    return difference.abs().mean().combine(1, edges, EDGES);
  }

  /** Noise of another strength for each example, so that the decoder forgives a sampler's. */
  static Tensor noise(Torch torch, long seed, double most, long... shape) {
    var each = new long[shape.length];
    Arrays.fill(each, 1);
    each[0] = shape[0];
    try (var generator = torch.generator(seed)) {
      var strength = generator.rand(each).mul(most);
      return generator.randn(shape).mul(strength);
    }
  }

  /** Mean absolute difference of neighbours along a dimension. */
  private static Tensor change(Tensor x, int dimension) {
    long last = x.size(dimension) - 1;
    return x.narrow(dimension, 1, last).sub(x.narrow(dimension, 0, last)).abs().mean();
  }
}
