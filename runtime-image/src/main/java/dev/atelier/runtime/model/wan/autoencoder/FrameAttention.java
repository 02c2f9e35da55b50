package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.ChannelNorm;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/** Self-attention with one head over the positions of every frame by itself. */
final class FrameAttention implements ChunkLayer {
  private final ChannelNorm norm;
  private final Conv2d all;
  private final Conv2d out;

  FrameAttention(Layers at, int width) {
    norm = at.channelNorm("norm", width, 2);
    all = at.conv("to_qkv", width, 3L * width, 1, 1, 0);
    out = at.conv("proj", width, width, 1, 1, 0);
  }

  @Override
  public Tensor forward(Tensor x, FrameMemory memory) {
    try (Scope scope = Scope.open()) {
      Tensor pictures = Frames.asPictures(x);
      long[] shape = pictures.shape();
      Tensor tokens =
          all.forward(norm.forward(pictures))
              .reshape(shape[0], 3 * shape[1], -1)
              .permute(0, 2, 1)
              .contiguous();
      List<Tensor> parts = tokens.chunk(3, 2);
      Tensor attended = Ops.headsAttention(parts.get(0), parts.get(1), parts.get(2), 1, false);
      Tensor maps = attended.permute(0, 2, 1).reshape(shape);
      return scope.keep(Frames.asClip(out.forward(maps), x.size(0)).add(x));
    }
  }
}
