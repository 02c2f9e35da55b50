package dev.atelier.runtime.model.autoencoder;

import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** From latents to pictures. */
final class KlDecoder {
  private final Conv2d convIn;
  private final KlMiddle middle;
  private final List<UnaryOperator<Tensor>> up = new ArrayList<>();
  private final GroupNorm normOut;
  private final Conv2d convOut;

  KlDecoder(Layers at, AutoencoderKlConfig config) {
    var channels = new ArrayList<>(config.channels());
    Collections.reverse(channels);
    int last = channels.size() - 1;
    convIn = at.conv3("conv_in", config.latentChannels(), channels.get(0));
    middle = new KlMiddle(at.at("mid_block"), config);
    for (int stage = 0; stage <= last; stage++) {
      Layers block = at.at("up_blocks", stage);
      int in = channels.get(Math.max(0, stage - 1));
      int out = channels.get(stage);
      for (int i = 0; i <= config.layersPerBlock(); i++) {
        up.add(KlMiddle.resnet(block.at("resnets", i), config, i == 0 ? in : out, out)::forward);
      }
      if (stage < last) {
        Conv2d conv = block.conv3("upsamplers.0.conv", out, out);
        up.add(x -> conv.forward(Ops.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3))));
      }
    }
    int finest = channels.get(last);
    normOut =
        at.groupNorm(
            "conv_norm_out", finest, config.normGroups(), AutoencoderKlConfig.NORM_EPSILON);
    convOut = at.conv3("conv_out", finest, config.outChannels());
  }

  Tensor forward(Tensor latents) {
    Tensor h = middle.forward(convIn.forward(latents));
    for (UnaryOperator<Tensor> layer : up) {
      try (Scope scope = Scope.open()) {
        Tensor next = scope.keep(layer.apply(h));
        h.close();
        h = next;
      }
    }
    return convOut.forward(normOut.forwardSilu(h));
  }
}
