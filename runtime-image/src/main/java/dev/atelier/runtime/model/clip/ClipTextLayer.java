package dev.atelier.runtime.model.clip;

import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/** Causal self-attention and feed-forward, each behind a norm and a residual. */
final class ClipTextLayer {
  private final LayerNorm norm1;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear output;
  private final LayerNorm norm2;
  private final Linear up;
  private final Linear down;
  private final ClipTextConfig config;

  ClipTextLayer(Layers at, ClipTextConfig config) {
    this.config = config;
    int width = config.width();
    norm1 = at.layerNorm("layer_norm1", width, config.normEpsilon());
    query = at.linear("self_attn.q_proj", width, width);
    key = at.linear("self_attn.k_proj", width, width);
    value = at.linear("self_attn.v_proj", width, width);
    output = at.linear("self_attn.out_proj", width, width);
    norm2 = at.layerNorm("layer_norm2", width, config.normEpsilon());
    up = at.linear("mlp.fc1", width, config.feedForwardWidth());
    down = at.linear("mlp.fc2", config.feedForwardWidth(), width);
  }

  /** x {@code [batch, tokens, width]}; the mask, if any, is causal already. */
  Tensor forward(Tensor x, Optional<Tensor> mask) {
    try (Scope scope = Scope.open()) {
      Tensor h = output.forward(attend(norm1.forward(x), mask)).add(x);
      Tensor wide = config.activation().apply(up.forward(norm2.forward(h)));
      return scope.keep(down.forward(wide).add(h));
    }
  }

  private Tensor attend(Tensor x, Optional<Tensor> mask) {
    Tensor q = query.forward(x);
    Tensor k = key.forward(x);
    Tensor v = value.forward(x);
    return mask.isPresent()
        ? Ops.headsAttention(q, k, v, config.heads(), mask.get())
        : Ops.headsAttention(q, k, v, config.heads(), true);
  }
}
