package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.ChannelNorm;
import dev.atelier.runtime.model.layer.Conv3d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** Two causal convolutions around a residual. */
final class WanResnet implements ChunkLayer {
  private final ChannelNorm norm1;
  private final CausalConv3d conv1;
  private final ChannelNorm norm2;
  private final CausalConv3d conv2;
  private final Optional<Conv3d> shortcut;

  WanResnet(Layers at, int in, int out) {
    norm1 = at.channelNorm("norm1", in, 3);
    conv1 = CausalConv3d.cubic(at, "conv1", in, out);
    norm2 = at.channelNorm("norm2", out, 3);
    conv2 = CausalConv3d.cubic(at, "conv2", out, out);
    shortcut = in == out ? Optional.empty() : Optional.of(pointwise(at, "conv_shortcut", in, out));
  }

  /** A convolution with a kernel of one. */
  static Conv3d pointwise(Layers at, String name, long in, long out) {
    return at.conv3d(name, in, out, new long[] {1, 1, 1}, new long[] {1, 1, 1}, 0);
  }

  @Override
  public Tensor forward(Tensor x, FrameMemory memory) {
    try (Scope scope = Scope.open()) {
      Tensor h = conv1.forward(norm1.forwardSilu(x), memory);
      h = conv2.forward(norm2.forwardSilu(h), memory);
      return scope.keep(h.add(shortcut.map(conv -> conv.forward(x)).orElse(x)));
    }
  }
}
