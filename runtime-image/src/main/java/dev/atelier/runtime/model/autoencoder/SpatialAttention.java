package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.block.Attention;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;

/** Self-attention with one head over the positions of a feature map, around a residual. */
final class SpatialAttention {
  private final GroupNorm norm;
  private final Attention attention;

  SpatialAttention(Layers at, int channels, int groups) {
    norm = at.groupNorm("group_norm", channels, groups, AutoencoderKlConfig.NORM_EPSILON);
    attention = Attention.withBias(at, channels, 1);
  }

  /** x {@code [batch, channels, height, width]}. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.open()) {
      long[] shape = x.shape();
      Tensor tokens =
          norm.forward(x).permute(0, 2, 3, 1).reshape(shape[0], shape[2] * shape[3], shape[1]);
      Tensor attended = attention.forward(tokens, tokens);
      Tensor map = attended.reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
      // A sum is laid out as its first part. Channels last, the convolutions that follow are faster
      // on the processor; on a GPU every norm would copy what it is given.
      return scope.keep(x.torch().isOnGpu() ? x.add(map) : map.add(x));
    }
  }
}
