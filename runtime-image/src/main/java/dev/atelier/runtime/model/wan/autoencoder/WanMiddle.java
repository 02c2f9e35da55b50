package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/** The coarsest stage: residual block, attention within frames, residual block. */
final class WanMiddle implements ChunkLayer {
  private final List<ChunkLayer> layers;

  WanMiddle(Layers at, int width) {
    layers =
        List.of(
            new WanResnet(at.at("resnets", 0), width, width),
            new FrameAttention(at.at("attentions", 0), width),
            new WanResnet(at.at("resnets", 1), width, width));
  }

  @Override
  public Tensor forward(Tensor x, FrameMemory memory) {
    Tensor h = x;
    for (ChunkLayer layer : layers) {
      h = layer.forward(h, memory);
    }
    return h;
  }
}
