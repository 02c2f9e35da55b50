package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** From pictures to mean and logarithm of the variance, stacked in the channels. */
final class KlEncoder {
  private final Conv2d convIn;
  private final List<UnaryOperator<Tensor>> down = new ArrayList<>();
  private final KlMiddle middle;
  private final GroupNorm normOut;
  private final Conv2d convOut;

  KlEncoder(Layers at, AutoencoderKlConfig config) {
    List<Integer> channels = config.channels();
    int last = channels.size() - 1;
    convIn = at.conv3("conv_in", config.inChannels(), channels.get(0));
    for (int stage = 0; stage <= last; stage++) {
      Layers block = at.at("down_blocks", stage);
      int in = channels.get(Math.max(0, stage - 1));
      int out = channels.get(stage);
      for (int i = 0; i < config.layersPerBlock(); i++) {
        down.add(KlMiddle.resnet(block.at("resnets", i), config, i == 0 ? in : out, out)::forward);
      }
      if (stage < last) {
        Conv2d halving = block.conv("downsamplers.0.conv", out, out, 3, 2, 0);
        // Padded on the right and below only, unlike the denoiser's.
        down.add(x -> halving.forward(Ops.pad(x, 0, 1, 0, 1)));
      }
    }
    middle = new KlMiddle(at.at("mid_block"), config);
    int widest = channels.get(last);
    normOut =
        at.groupNorm(
            "conv_norm_out", widest, config.normGroups(), AutoencoderKlConfig.NORM_EPSILON);
    convOut = at.conv3("conv_out", widest, 2L * config.latentChannels());
  }

  Tensor forward(Tensor pixels) {
    try (Scope scope = Scope.open()) {
      Tensor h = convIn.forward(pixels);
      for (UnaryOperator<Tensor> layer : down) {
        h = layer.apply(h);
      }
      return scope.keep(convOut.forward(normOut.forwardSilu(middle.forward(h))));
    }
  }
}
