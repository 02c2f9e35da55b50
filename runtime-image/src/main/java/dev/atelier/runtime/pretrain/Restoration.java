package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What autoencoders of pictures and of films are trained by; height and width come last. */
final class Restoration {

  private static final double EDGES = 0.5;
  private static final double LATENTS = 1e-3;
  private static final int CHANNELS = 1;

  private Restoration() {}

  /**
   * The absolute error of pixels and, for sharp edges, of the differences between neighbours; a
   * little for latents that are not near mean 0 and deviation 1.
   */
  static Tensor loss(Tensor restored, Tensor original, Tensor latents) {
    var difference = restored.sub(original);
    int width = difference.shape().length - 1;
    var edges = change(difference, width - 1).add(change(difference, width));
    return difference.abs().mean().combine(1, edges, EDGES).combine(1, spread(latents), LATENTS);
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

  /** How far each channel is from mean 0 and deviation 1. */
  private static Tensor spread(Tensor latents) {
    long[] others =
        IntStream.range(0, latents.shape().length)
            .filter(dimension -> dimension != CHANNELS)
            .mapToLong(dimension -> dimension)
            .toArray();
    var deviation = latents.std(others).add(-1).square().mean();
    return latents.mean(others).square().mean().add(deviation);
  }
}
