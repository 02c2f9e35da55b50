package dev.atelier.runtime.model.unet;

import dev.atelier.runtime.model.block.Attention;
import dev.atelier.runtime.model.block.TextKeys;
import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;

/** Self-attention, cross-attention and a gated feed-forward, each behind a norm and a residual. */
final class BasicTransformerBlock {
  private static final double EPSILON = 1e-5;

  private final LayerNorm norm1;
  private final Attention attention1;
  private final LayerNorm norm2;
  private final Attention attention2;
  private final LayerNorm norm3;
  private final Linear gate;
  private final Linear output;

  BasicTransformerBlock(Layers at, UNetConfig config, int width, int heads) {
    norm1 = at.layerNorm("norm1", width, EPSILON);
    attention1 = attention(at.at("attn1"), config, width, width, heads);
    norm2 = at.layerNorm("norm2", width, EPSILON);
    attention2 = attention(at.at("attn2"), config, width, config.crossAttentionWidth(), heads);
    norm3 = at.layerNorm("norm3", width, EPSILON);
    gate = at.linear("ff.net.0.proj", width, 8L * width);
    output = at.linear("ff.net.2", 4L * width, width);
  }

  /** x {@code [batch, tokens, width]}; text {@code [batch, text tokens, context width]}. */
  Tensor forward(Tensor x, Tensor text, TextKeys keys) {
    try (Scope scope = Scope.open()) {
      Tensor normed = norm1.forward(x);
      Tensor h = attention1.forward(normed, normed).add(x);
      h = attention2.forward(norm2.forward(h), keys.of(attention2, text)).add(h);
      Tensor gated = Ops.geglu(gate.forward(norm3.forward(h)));
      return scope.keep(output.forward(gated).add(h));
    }
  }

  private static Attention attention(
      Layers at, UNetConfig config, int width, int contextWidth, int heads) {
    var attention = Attention.withoutBias(at, width, contextWidth, heads);
    return config.upcastAttention() ? attention.inFloat32() : attention;
  }
}
