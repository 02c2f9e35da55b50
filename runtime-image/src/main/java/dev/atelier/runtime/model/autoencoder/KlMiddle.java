package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.block.ResnetBlock2D;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** The coarsest stage of encoder and decoder: self-attention between two residual blocks. */
final class KlMiddle {
  private final ResnetBlock2D first;
  private final Optional<SpatialAttention> attention;
  private final ResnetBlock2D second;

  KlMiddle(Layers at, AutoencoderKlConfig config) {
    int channels = config.channels().get(config.channels().size() - 1);
    first = resnet(at.at("resnets", 0), config, channels, channels);
    attention =
        config.middleAttention()
            ? Optional.of(
                new SpatialAttention(at.at("attentions", 0), channels, config.normGroups()))
            : Optional.empty();
    second = resnet(at.at("resnets", 1), config, channels, channels);
  }

  Tensor forward(Tensor x) {
    Tensor h = first.forward(x);
    return second.forward(attention.isPresent() ? attention.get().forward(h) : h);
  }

  static ResnetBlock2D resnet(Layers at, AutoencoderKlConfig config, int in, int out) {
    return new ResnetBlock2D(
        at,
        new ResnetBlock2D.Shape(in, out, 0, config.normGroups(), AutoencoderKlConfig.NORM_EPSILON));
  }
}
