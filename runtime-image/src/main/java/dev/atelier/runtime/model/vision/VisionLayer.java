package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Parameter;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** Self-attention and feed-forward, each behind a norm and a residual. */
final class VisionLayer {
  private final LayerNorm norm1;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;
  private final LayerNorm norm2;
  private final Linear up;
  private final Linear down;
  private final Optional<Parameter> scale1;
  private final Optional<Parameter> scale2;
  private final VisionConfig config;

  VisionLayer(Layers at, VisionConfig config) {
    this.config = config;
    int width = config.width();
    var names = config.family().names();
    norm1 = at.layerNorm(names.norm1(), width, config.normEpsilon());
    query = at.linear(names.query(), width, width);
    key = at.linear(names.key(), width, width);
    value = at.linear(names.value(), width, width);
    output = at.linear(names.output(), width, width);
    norm2 = at.layerNorm(names.norm2(), width, config.normEpsilon());
    up = at.linear(names.up(), width, config.feedForwardWidth());
    down = at.linear(names.down(), config.feedForwardWidth(), width);
    scale1 = names.scale().map(scale -> at.parameter(scale + "1.lambda1", width));
    scale2 = names.scale().map(scale -> at.parameter(scale + "2.lambda1", width));
  }

  /** x {@code [batch, tokens, width]}. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.open()) {
      Tensor h = scaled(attend(norm1.forward(x)), scale1).add(x);
      Tensor wide = config.activation().apply(up.forward(norm2.forward(h)));
      return scope.keep(scaled(down.forward(wide), scale2).add(h));
    }
  }

  private Tensor attend(Tensor x) {
    return output.forward(
        Ops.headsAttention(
            query.forward(x), key.forward(x), value.forward(x), config.heads(), false));
  }

  private static Tensor scaled(Tensor x, Optional<Parameter> scale) {
    return scale.map(s -> x.mul(s.value())).orElse(x);
  }
}
