package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Conv3d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** Halves height and width and, where asked for, the frames behind the first. */
final class Halving implements ChunkLayer {
  private final Conv2d spatial;
  private final Optional<Conv3d> temporal;

  Halving(Layers at, int width, boolean halvesFrames) {
    spatial = at.conv("resample.1", width, width, 3, 2, 0);
    temporal =
        halvesFrames
            ? Optional.of(
                at.conv3d("time_conv", width, width, new long[] {3, 1, 1}, new long[] {2, 1, 1}, 0))
            : Optional.empty();
  }

  @Override
  public Tensor forward(Tensor x, FrameMemory memory) {
    try (Scope scope = Scope.open()) {
      // Padded on the right and below only.
      Tensor smaller = spatial.forward(Ops.pad(Frames.asPictures(x), 0, 1, 0, 1));
      Tensor clip = Frames.asClip(smaller, x.size(0));
      return scope.keep(temporal.map(conv -> fewer(conv, clip, memory)).orElse(clip));
    }
  }

  /**
   * The first frame stays as it is; each chunk behind it is read together with the frame before.
   */
  private Tensor fewer(Conv3d conv, Tensor clip, FrameMemory memory) {
    Optional<Tensor> before = memory.of(this);
    Tensor read = before.map(last -> conv.forward(Ops.concat(2, last, clip))).orElse(clip);
    memory.remember(this, clip, 1);
    return read;
  }
}
