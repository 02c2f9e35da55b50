package dev.atelier.runtime.model.wan.autoencoder;

import dev.atelier.runtime.model.layer.ChannelNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From chunks of pictures to mean and logarithm of the variance, stacked in the channels. */
final class WanEncoder {
  private final CausalConv3d convIn;
  private final List<WanStage> stages = new ArrayList<>();
  private final WanMiddle middle;
  private final ChannelNorm normOut;
  private final CausalConv3d convOut;

  WanEncoder(Layers at, WanAutoencoderConfig config) {
    List<Integer> widths = config.widths(config.encoderWidth());
    convIn = CausalConv3d.cubic(at, "conv_in", config.channels(), config.encoderWidth());
    int flat = 0;
    for (int i = 0; i < widths.size(); i++) {
      int in = i == 0 ? config.encoderWidth() : widths.get(i - 1);
      Names names =
          config.shortcuts()
              ? Names.of(at.at("down_blocks", i))
              : Names.counted(at.at("down_blocks"), flat);
      WanStage stage = stage(names, config, i, in, widths.get(i));
      flat += stage.layers().size();
      stages.add(stage);
    }
    int widest = widths.get(widths.size() - 1);
    middle = new WanMiddle(at.at("mid_block"), widest);
    normOut = at.channelNorm("norm_out", widest, 3);
    convOut = CausalConv3d.cubic(at, "conv_out", widest, 2L * config.latentChannels());
  }

  private static WanStage stage(
      Names names, WanAutoencoderConfig config, int index, int in, int out) {
    boolean halves = index < config.multiples().size() - 1;
    boolean halvesFrames = halves && config.temporal().get(index);
    var layers = new ArrayList<ChunkLayer>();
    for (int i = 0; i < config.blocks(); i++) {
      layers.add(new WanResnet(names.resnet(i), i == 0 ? in : out, out));
    }
    if (halves) {
      layers.add(new Halving(names.resampler(config.blocks()), out, halvesFrames));
    }
    var shortcut =
        config.shortcuts()
            ? Optional.of(new Shortcut(out, halvesFrames ? 2 : 1, halves ? 2 : 1))
            : Optional.<Shortcut>empty();
    return new WanStage(layers, shortcut, Optional.empty());
  }

  Tensor forward(Tensor chunk, FrameMemory memory) {
    try (Scope scope = Scope.open()) {
      Tensor h = convIn.forward(chunk, memory);
      for (WanStage stage : stages) {
        Tensor before = h;
        h = stage.forward(before, memory, false);
        before.close();
      }
      h = middle.forward(h, memory);
      return scope.keep(convOut.forward(normOut.forwardSilu(h), memory));
    }
  }

  /** How the layers of a stage are called: by kind (Wan 2.2) or by one number (Wan 2.1). */
  private record Names(Layers at, int first, boolean byKind) {
    static Names of(Layers at) {
      return new Names(at, 0, true);
    }

    static Names counted(Layers at, int first) {
      return new Names(at, first, false);
    }

    Layers resnet(int index) {
      return byKind ? at.at("resnets", index) : at.at(Integer.toString(first + index));
    }

    Layers resampler(int index) {
      return byKind ? at.at("downsampler") : at.at(Integer.toString(first + index));
    }
  }
}
