package dev.atelier.runtime.tensor;

/** Group normalisation (Wu and He 2018) of {@code [batch, channels, ..]}; differentiable. */
public final class GroupNormalization {
  private GroupNormalization() {}

  /** With a scale and a shift per channel. */
  public static Tensor of(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    return spreads(x)
        ? call("group_norm_spread", x, groups, weight, bias, epsilon, false)
        : call("group_norm", x, groups, weight, bias, epsilon);
  }

  /** The same through SiLU, in one call. */
  public static Tensor silu(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    return spreads(x)
        ? call("group_norm_spread", x, groups, weight, bias, epsilon, true)
        : call("group_norm_silu", x, groups, weight, bias, epsilon);
  }

  /**
   * Whether a group's moments are taken by many blocks of the GPU: the engine's kernel gives each
   * group to one, which takes a third of the time of decoding a picture. Half precision would lose
   * digits of the moments, and a graph memory.
   */
  private static boolean spreads(Tensor x) {
    return x.torch().isOnGpu() && x.dtype() == DType.FLOAT32 && !Autograd.isRecording();
  }

  private static Tensor call(String operator, Tensor x, Object... others) {
    var arguments = new Object[others.length + 1];
    arguments[0] = x;
    System.arraycopy(others, 0, arguments, 1, others.length);
    return x.torch().wrap(x.torch().script().one(operator, arguments));
  }
}
