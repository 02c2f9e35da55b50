package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.ResnetBlock2D;
import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** {@code UpBlock2D} and {@code CrossAttnUpBlock2D}: joins what the way down left. */
final class UpBlock {
  private final List<ResnetBlock2D> resnets = new ArrayList<>();
  private final List<Transformer2DModel> attentions = new ArrayList<>();
  private final Optional<Conv2d> upsampler;

  UpBlock(Layers at, UNetConfig config, int index) {
    List<Integer> channels = config.upChannels();
    int last = channels.size() - 1;
    int out = channels.get(index);
    int before = channels.get(Math.max(0, index - 1));
    int below = channels.get(Math.min(last, index + 1));
    int layers = config.layersPerBlock() + 1;
    for (int i = 0; i < layers; i++) {
      int skip = i == layers - 1 ? below : out;
      int in = i == 0 ? before : out;
      var shape =
          new ResnetBlock2D.Shape(
              in + skip, out, config.timeWidth(), config.normGroups(), config.normEpsilon());
      resnets.add(new ResnetBlock2D(at.at("resnets", i), shape));
      if (config.upCrossAttention().get(index)) {
        attentions.add(
            new Transformer2DModel(
                at.at("attentions", i),
                config,
                out,
                config.upHeads().get(index),
                config.upTransformerLayers().get(index)));
      }
    }
    upsampler =
        index == last ? Optional.empty() : Optional.of(at.conv3("upsamplers.0.conv", out, out));
  }

  Tensor forward(Tensor x, Passage passage, Deque<Tensor> skips) {
    Tensor h = x;
    for (int i = 0; i < resnets.size(); i++) {
      int layer = i;
      Tensor skip = skips.pop();
      h =
          passage
              .segments()
              .run(
                  in -> layer(layer, Ops.concat(1, in[0], in[1]), in[2], in[3], passage.keys()),
                  h,
                  skip,
                  passage.time(),
                  passage.text());
    }
    if (upsampler.isPresent()) {
      // To the next skip's size: latents that halving does not divide come back at their own size.
      Tensor next = skips.getFirst();
      long height = next.size(2);
      long width = next.size(3);
      var last = upsampler.get();
      h = passage.segments().run(in -> last.forward(Ops.upsampleNearest(in[0], height, width)), h);
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
