package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** Doubles height and width and, where asked for, the frames behind the first. */
final class Doubling implements ChunkLayer {
  private final Conv2d spatial;
  private final Optional<CausalConv3d> temporal;

  Doubling(Layers at, int in, int out, boolean doublesFrames) {
    spatial = at.conv3("resample.1", in, out);
    temporal =
        doublesFrames
            ? Optional.of(CausalConv3d.temporal(at, "time_conv", in, 2L * in))
            : Optional.empty();
  }

  @Override
  public Tensor forward(Tensor x, FrameMemory memory) {
    try (Scope scope = Scope.open()) {
      Tensor clip = temporal.map(conv -> more(conv, x, memory)).orElse(x);
      Tensor pictures = Frames.asPictures(clip);
      Tensor larger = Ops.upsampleNearest(pictures, 2 * pictures.size(2), 2 * pictures.size(3));
      return scope.keep(Frames.asClip(spatial.forward(larger), x.size(0)));
    }
  }

  /** The first chunk stays one frame, and counts as zeros to those behind it. */
  private static Tensor more(CausalConv3d conv, Tensor x, FrameMemory memory) {
    long[] shape = x.shape();
    if (memory.of(conv).isEmpty()) {
      Tensor nothing = x.torch().zeros(shape[0], shape[1], 2, shape[3], shape[4]);
      memory.remember(conv, nothing, 2);
      return x;
    }
    return conv.forward(x, memory)
        .reshape(shape[0], 2, shape[1], shape[2], shape[3], shape[4])
        .permute(0, 2, 3, 1, 4, 5)
        .reshape(shape[0], shape[1], 2 * shape[2], shape[3], shape[4]);
  }
}
