package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.ChannelNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** From frames of latents to pictures. */
final class WanDecoder {
  private final CausalConv3d convIn;
  private final WanMiddle middle;
  private final List<WanStage> stages = new ArrayList<>();
  private final ChannelNorm normOut;
  private final CausalConv3d convOut;

  WanDecoder(Layers at, WanAutoencoderConfig config) {
    var widths = new ArrayList<>(config.widths(config.decoderWidth()));
    Collections.reverse(widths);
    var temporal = new ArrayList<>(config.temporal());
    Collections.reverse(temporal);
    convIn = CausalConv3d.cubic(at, "conv_in", config.latentChannels(), widths.get(0));
    middle = new WanMiddle(at.at("mid_block"), widths.get(0));
    int last = widths.size() - 1;
    for (int i = 0; i <= last; i++) {
      int before = widths.get(Math.max(0, i - 1));
      // Wan 2.1 halves the width together with the doubling of the size.
      int in = i > 0 && !config.shortcuts() ? before / 2 : before;
      boolean doublesFrames = i < last && temporal.get(i);
      stages.add(stage(at.at("up_blocks", i), config, in, widths.get(i), i < last, doublesFrames));
    }
    normOut = at.channelNorm("norm_out", widths.get(last), 3);
    convOut = CausalConv3d.cubic(at, "conv_out", widths.get(last), config.channels());
  }

  private static WanStage stage(
      Layers at,
      WanAutoencoderConfig config,
      int in,
      int out,
      boolean doubles,
      boolean doublesFrames) {
    var layers = new ArrayList<ChunkLayer>();
    for (int i = 0; i <= config.blocks(); i++) {
      layers.add(new WanResnet(at.at("resnets", i), i == 0 ? in : out, out));
    }
    if (doubles) {
      layers.add(
          config.shortcuts()
              ? new Doubling(at.at("upsampler"), out, out, doublesFrames)
              : new Doubling(at.at("upsamplers", 0), out, out / 2, doublesFrames));
    }
    var shortcut =
        config.shortcuts() && doubles
            ? Optional.of(new Shortcut(out, doublesFrames ? 2 : 1, 2))
            : Optional.<Shortcut>empty();
    return new WanStage(layers, Optional.empty(), shortcut);
  }

  /**
   * @param first whether the chunk begins the clip
   */
  Tensor forward(Tensor chunk, FrameMemory memory, boolean first) {
    try (Scope scope = Scope.open()) {
      Tensor h = middle.forward(convIn.forward(chunk, memory), memory);
      for (WanStage stage : stages) {
        Tensor before = h;
        h = stage.forward(before, memory, first);
        before.close();
      }
      return scope.keep(convOut.forward(normOut.forwardSilu(h), memory));
    }
  }
}
