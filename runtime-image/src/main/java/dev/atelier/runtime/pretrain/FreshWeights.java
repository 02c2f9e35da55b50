package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.tensor.Generator;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.runtime.tensor.Weights;
import java.util.Set;

/**
 * The weights that a model is trained from: norms pass through, tables are small, layers keep the
 * variance (torch's default), and what ends a residual branch begins at zero, so that the deep
 * network begins as a shallow one (Goyal et al. 2017; Dhariwal and Nichol 2021).
 */
final class FreshWeights implements Weights {

  private static final double TABLE = 0.02;

  /** T5's words have deviation 1 (Raffel et al. 2020): its norms come before what they scale. */
  private static final String T5_TABLE = "shared.weight";

  /** Dimensions of a convolution's weight over time, height and width. */
  private static final int VIDEO_LAYER = 5;

  /** The only number in any model: CLIP's {@code logit_scale}, the logarithm of 1 / 0.07. */
  private static final double CLIP_SCALE = Math.log(1 / 0.07);

  private static final Set<String> BEGIN_AT_ZERO =
      Set.of("conv_out.weight", "conv2.weight", "proj_out.weight");

  private final Torch torch;
  private final Generator generator;
  private final Set<String> beginAtZero;

  FreshWeights(Torch torch, long seed) {
    this(torch, seed, BEGIN_AT_ZERO);
  }

  /**
   * @param beginAtZero how the names of weights end that begin at zero
   */
  FreshWeights(Torch torch, long seed, Set<String> beginAtZero) {
    this.torch = torch;
    this.generator = torch.generator(seed);
    this.beginAtZero = beginAtZero;
  }

  @Override
  public Torch torch() {
    return torch;
  }

  @Override
  public boolean has(String name) {
    return false;
  }

  @Override
  public Tensor take(String name, long... shape) {
    try (Scope scope = Scope.open()) {
      return Scope.release(fresh(name, shape));
    }
  }

  @Override
  public void ignore(String name) {}

  @Override
  public void finish() {
    generator.close();
  }

  private Tensor fresh(String name, long... shape) {
    if (name.equals(T5_TABLE)) {
      return generator.randn(shape);
    }
    if (isTable(name, shape)) {
      return generator.randn(shape).mul(TABLE);
    }
    if (shape.length == 0) {
      return torch.full(CLIP_SCALE, shape);
    }
    if (name.endsWith(".gamma")) {
      return torch.ones(shape);
    }
    if (shape.length == 1) {
      return name.endsWith(".bias") ? torch.zeros(shape) : torch.ones(shape);
    }
    if (beginAtZero.stream().anyMatch(name::endsWith)) {
      return torch.zeros(shape);
    }
    long inputs = 1;
    for (int i = 1; i < shape.length; i++) {
      inputs *= shape[i];
    }
    double bound = 1 / Math.sqrt(inputs);
    return generator.rand(shape).mul(2 * bound).add(-bound);
  }

  /** What a video denoiser calls an embedding of patches is a layer. */
  private static boolean isTable(String name, long... shape) {
    return shape.length != VIDEO_LAYER
        && (name.endsWith("embedding")
            || name.endsWith("embedding.weight")
            || name.endsWith("relative_attention_bias.weight"));
  }
}
