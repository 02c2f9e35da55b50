package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.ResnetBlock2D;
import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** {@code DownBlock2D} and {@code CrossAttnDownBlock2D}: leaves every output on the skip stack. */
final class DownBlock {
  private final List<ResnetBlock2D> resnets = new ArrayList<>();
  private final List<Transformer2DModel> attentions = new ArrayList<>();
  private final Optional<Conv2d> downsampler;

  DownBlock(Layers at, UNetConfig config, int index) {
    int out = config.channels().get(index);
    int in = config.channels().get(Math.max(0, index - 1));
    for (int i = 0; i < config.layersPerBlock(); i++) {
      resnets.add(
          new ResnetBlock2D(
              at.at("resnets", i),
              new ResnetBlock2D.Shape(
                  i == 0 ? in : out,
                  out,
                  config.timeWidth(),
                  config.normGroups(),
                  config.normEpsilon())));
      if (config.downCrossAttention().get(index)) {
        attentions.add(
            new Transformer2DModel(
                at.at("attentions", i),
                config,
                out,
                config.heads().get(index),
                config.transformerLayers().get(index)));
      }
    }
    boolean last = index == config.channels().size() - 1;
    downsampler =
        last ? Optional.empty() : Optional.of(at.conv("downsamplers.0.conv", out, out, 3, 2, 1));
  }

  Tensor forward(Tensor x, Passage passage, Deque<Tensor> skips) {
    Tensor h = x;
    for (int i = 0; i < resnets.size(); i++) {
      int layer = i;
      h =
          passage
              .segments()
              .run(
                  in -> layer(layer, in[0], in[1], in[2], passage.keys()),
                  h,
                  passage.time(),
                  passage.text());
      skips.push(h);
    }
    if (downsampler.isPresent()) {
      var last = downsampler.get();
      h = passage.segments().run(in -> last.forward(in[0]), h);
      skips.push(h);
    }
    return h;
  }

  private Tensor layer(int index, Tensor x, Tensor time, Tensor text, TextKeys keys) {
    Tensor h = resnets.get(index).forward(x, time);
    return attentions.isEmpty()
        ? h
        : attentions.get(index).forward(h, Passage.typed(text, h), keys);
  }
}
