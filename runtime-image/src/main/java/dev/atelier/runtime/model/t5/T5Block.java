package dev.atelier.runtime.model.t5;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.RmsNorm;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Optional;

/** Self-attention with relative positions, then a gated feed-forward part, each after a norm. */
final class T5Block {
  private final RmsNorm attentionNorm;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;
  private final Optional<RelativePositions> positions;
  private final RmsNorm feedForwardNorm;
  private final Linear gate;
  private final Linear up;
  private final Linear down;
  private final int heads;

  /**
   * @param ownBias whether the block has a table of distances
   */
  T5Block(Layers at, T5Config config, boolean ownBias) {
    heads = config.heads();
    int width = config.width();
    int inner = config.heads() * config.headWidth();
    Layers attention = at.at("layer.0.SelfAttention");
    query = attention.linearWithoutBias("q", width, inner);
    key = attention.linearWithoutBias("k", width, inner);
    value = attention.linearWithoutBias("v", width, inner);
    out = attention.linearWithoutBias("o", inner, width);
    positions =
        ownBias
            ? Optional.of(
                new RelativePositions(
                    attention.embedding("relative_attention_bias", config.buckets(), heads),
                    config))
            : Optional.empty();
    attentionNorm = at.rmsNorm("layer.0.layer_norm", width, config.normEpsilon());
    Layers dense = at.at("layer.1.DenseReluDense");
    gate = dense.linearWithoutBias("wi_0", width, config.feedForwardWidth());
    up = dense.linearWithoutBias("wi_1", width, config.feedForwardWidth());
    down = dense.linearWithoutBias("wo", config.feedForwardWidth(), width);
    feedForwardNorm = at.rmsNorm("layer.1.layer_norm", width, config.normEpsilon());
  }

  /** The block's own bias {@code [1, heads, tokens, tokens]}, if it has one. */
  Optional<Tensor> bias(Torch torch, int tokens) {
    return positions.map(table -> table.bias(torch, tokens));
  }

  /**
   * @param x {@code [batch, tokens, width]}
   * @param shared the first block's bias, for models whose blocks share it
   * @param padding what tokens that are padding are lowered by, {@code [batch, 1, 1, tokens]}
   */
  Tensor forward(Tensor x, Optional<Tensor> shared, Optional<Tensor> padding) {
    try (Scope scope = Scope.open()) {
      Tensor distances = shared.or(() -> bias(x.torch(), (int) x.size(1))).orElseThrow();
      Tensor bias = padding.map(distances::add).orElse(distances);
      Tensor normed = attentionNorm.forward(x);
      Tensor attended =
          Ops.biasedAttention(
              query.forward(normed), key.forward(normed), value.forward(normed), heads, bias);
      Tensor h = x.add(out.forward(attended));
      Tensor inner = feedForwardNorm.forward(h);
      Tensor gated = Ops.geluTanh(gate.forward(inner)).mul(up.forward(inner));
      return scope.keep(h.add(down.forward(gated)));
    }
  }
}
