package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.ResnetBlock2D;
import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;

/** {@code UNetMidBlock2DCrossAttn}: a transformer between two residual blocks. */
final class MidBlock {
  private final ResnetBlock2D first;
  private final Transformer2DModel attention;
  private final ResnetBlock2D second;

  MidBlock(Layers at, UNetConfig config) {
    int last = config.channels().size() - 1;
    int channels = config.channels().get(last);
    var shape =
        new ResnetBlock2D.Shape(
            channels, channels, config.timeWidth(), config.normGroups(), config.normEpsilon());
    first = new ResnetBlock2D(at.at("resnets", 0), shape);
    attention =
        new Transformer2DModel(
            at.at("attentions", 0),
            config,
            channels,
            config.heads().get(last),
            config.transformerLayers().get(last));
    second = new ResnetBlock2D(at.at("resnets", 1), shape);
  }

  Tensor forward(Tensor x, Tensor time, Tensor text, TextKeys keys) {
    Tensor h = first.forward(x, time);
    return second.forward(attention.forward(h, Passage.typed(text, h), keys), time);
  }
}
