package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.Conv3d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * A convolution that sees a frame and those before it, never those after; zeros before the first.
 */
final class CausalConv3d {
  private final Conv3d conv;

  private CausalConv3d(Conv3d conv) {
    this.conv = conv;
  }

  /** Kernel three in time, height and width. */
  static CausalConv3d cubic(Layers at, String name, long in, long out) {
    return new CausalConv3d(
        at.conv3d(name, in, out, new long[] {3, 3, 3}, new long[] {1, 1, 1}, 1));
  }

  /** Kernel three in time alone. */
  static CausalConv3d temporal(Layers at, String name, long in, long out) {
    return new CausalConv3d(
        at.conv3d(name, in, out, new long[] {3, 1, 1}, new long[] {1, 1, 1}, 0));
  }

  /**
   * A chunk {@code [batch, channels, frames, height, width]} that follows the remembered frames.
   */
  Tensor forward(Tensor x, FrameMemory memory) {
    long reach = conv.frames() - 1;
    try (Scope scope = Scope.open()) {
      Optional<Tensor> before = memory.of(this);
      Tensor seen = before.isPresent() ? Ops.concat(2, before.get(), x) : x;
      memory.remember(this, seen, reach);
      if (before.isEmpty() && x.size(2) == 1) {
        return scope.keep(conv.forwardFirst(x));
      }
      long missing = reach - (seen.size(2) - x.size(2));
      Tensor whole = missing == 0 ? seen : Ops.pad(seen, 0, 0, 0, 0, missing, 0);
      return scope.keep(conv.forward(whole));
    }
  }
}
