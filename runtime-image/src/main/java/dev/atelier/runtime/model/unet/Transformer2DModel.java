package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.layer.Adaptable;
import dev.atelier.runtime.model.layer.Conv2d;
import dev.atelier.runtime.model.layer.GroupNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Transformer blocks over the positions of a feature map, between two projections. */
final class Transformer2DModel {
  private static final double EPSILON = 1e-6;

  private final GroupNorm norm;
  private final Adaptable projectIn;
  private final List<BasicTransformerBlock> blocks = new ArrayList<>();
  private final Adaptable projectOut;

  Transformer2DModel(Layers at, UNetConfig config, int channels, int heads, int layers) {
    norm = at.groupNorm("norm", channels, config.normGroups(), EPSILON);
    projectIn = projection(at, "proj_in", channels, config.linearProjection());
    for (int i = 0; i < layers; i++) {
      Layers block = at.at("transformer_blocks", i);
      blocks.add(new BasicTransformerBlock(block, config, channels, heads));
    }
    projectOut = projection(at, "proj_out", channels, config.linearProjection());
  }

  /** x {@code [batch, channels, height, width]}; text {@code [batch, text tokens, width]}. */
  Tensor forward(Tensor x, Tensor text, TextKeys keys) {
    try (Scope scope = Scope.open()) {
      long batch = x.size(0);
      long channels = x.size(1);
      Tensor h = tokens(norm.forward(x), batch, channels);
      for (BasicTransformerBlock block : blocks) {
        h = block.forward(h, text, keys);
      }
      return scope.keep(map(h, x.shape()).add(x));
    }
  }

  private Tensor tokens(Tensor x, long batch, long channels) {
    Tensor projected = projectIn instanceof Conv2d conv ? conv.forward(x) : x;
    Tensor tokens = projected.permute(0, 2, 3, 1).reshape(batch, -1, channels);
    return projectIn instanceof Linear linear ? linear.forward(tokens) : tokens;
  }

  private Tensor map(Tensor tokens, long[] shape) {
    Tensor projected = projectOut instanceof Linear linear ? linear.forward(tokens) : tokens;
    Tensor map =
        projected.reshape(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2).contiguous();
    return projectOut instanceof Conv2d conv ? conv.forward(map) : map;
  }

  private static Adaptable projection(Layers at, String name, int channels, boolean linear) {
    return linear
        ? at.linear(name, channels, channels)
        : at.conv(name, channels, channels, 1, 1, 0);
  }
}
