package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.model.layer.LayerNorm;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.model.layer.Parameter;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Self-attention, attention to the text and a feed-forward part; the timestep scales and shifts
 * what the first and the last see, and gates what they add.
 */
final class WanBlock {
  private static final int PARTS = 6;

  private final Parameter table;
  private final WanAttention self;
  private final WanAttention cross;
  private final Optional<LayerNorm> crossNorm;
  private final Linear up;
  private final Linear down;
  private final double epsilon;

  WanBlock(Layers at, WanConfig config) {
    int width = config.width();
    epsilon = config.epsilon();
    table = at.exact().parameter("scale_shift_table", 1, PARTS, width);
    self = new WanAttention(at.at("attn1"), config);
    cross = new WanAttention(at.at("attn2"), config);
    crossNorm =
        config.crossNorm()
            ? Optional.of(at.layerNorm("norm2", width, config.epsilon()))
            : Optional.empty();
    up = at.linear("ffn.net.0.proj", width, config.feedForwardWidth());
    down = at.linear("ffn.net.2", config.feedForwardWidth(), width);
  }

  /**
   * What every block is told about the clip.
   *
   * @param times the tokens' timesteps
   * @param projected the six parts per timestep, {@code [n, 6, width]}
   * @param text {@code [batch, words, width]}
   * @param turns rotary positions
   */
  record Conditions(TokenTimes times, Tensor projected, Tensor text, Tensor turns) {}

  /** x {@code [batch, tokens, width]}. */
  Tensor forward(Tensor x, Conditions conditions) {
    try (Scope scope = Scope.open()) {
      List<Tensor> parts = table.value().add(conditions.projected()).chunk(PARTS, 1);
      Tensor attended = addAttention(x, parts, conditions);
      Tensor read =
          attended.add(
              cross.toText(
                  crossNorm.map(norm -> norm.forward(attended)).orElse(attended),
                  conditions.text()));
      return scope.keep(addFeedForward(read, parts, conditions));
    }
  }

  private Tensor addAttention(Tensor x, List<Tensor> parts, Conditions conditions) {
    try (Scope scope = Scope.open()) {
      Tensor normed = modulated(x, parts.get(0), parts.get(1), conditions);
      Tensor attended = self.toItself(normed, conditions.turns());
      return scope.keep(Ops.addGated(x, attended, conditions.times().laidOut(parts.get(2))));
    }
  }

  private Tensor addFeedForward(Tensor x, List<Tensor> parts, Conditions conditions) {
    try (Scope scope = Scope.open()) {
      Tensor normed = modulated(x, parts.get(3), parts.get(4), conditions);
      Tensor fed = down.forward(Ops.geluTanh(up.forward(normed)));
      return scope.keep(Ops.addGated(x, fed, conditions.times().laidOut(parts.get(5))));
    }
  }

  private Tensor modulated(Tensor x, Tensor shift, Tensor scale, Conditions conditions) {
    TokenTimes times = conditions.times();
    return Ops.modulatedNorm(x, times.laidOut(scale), times.laidOut(shift), epsilon);
  }
}
