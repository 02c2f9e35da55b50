package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.RmsNorm;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/** Attention whose queries and keys are normalised over all heads at once. */
final class WanAttention {
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;
  private final RmsNorm queryNorm;
  private final RmsNorm keyNorm;
  private final int heads;

  WanAttention(Layers at, WanConfig config) {
    heads = config.heads();
    int width = config.width();
    query = at.linear("to_q", width, width);
    key = at.linear("to_k", width, width);
    value = at.linear("to_v", width, width);
    out = at.linear("to_out.0", width, width);
    queryNorm = at.rmsNorm("norm_q", width, config.epsilon());
    keyNorm = at.rmsNorm("norm_k", width, config.epsilon());
  }

  /** Of a clip's tokens {@code [batch, tokens, width]} to one another. */
  Tensor toItself(Tensor x, Tensor turns) {
    Tensor q = queryNorm.forward(query.forward(x));
    Tensor k = keyNorm.forward(key.forward(x));
    return out.forward(Ops.rotaryAttention(q, k, value.forward(x), heads, turns));
  }

  /** Of a clip's tokens to the text {@code [batch, words, width]}. */
  Tensor toText(Tensor x, Tensor text) {
    Tensor q = queryNorm.forward(query.forward(x));
    Tensor k = keyNorm.forward(key.forward(text));
    return out.forward(Ops.headsAttention(q, k, value.forward(text), heads, false));
  }
}
