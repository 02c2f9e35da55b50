package dev.atelier.runtime.model.wan;

import dev.atelier.runtime.model.block.TimestepEmbedding;
import dev.atelier.runtime.model.block.Timesteps;
import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/** From timesteps and text states to what the blocks are told. */
final class WanConditions {
  private static final int PARTS = 6;

  private final Timesteps waves;
  private final TimestepEmbedding time;
  private final Linear timeParts;
  private final Linear text1;
  private final Linear text2;

  WanConditions(Layers at, WanConfig config) {
    int width = config.width();
    waves = new Timesteps(config.sinusoidWidth(), new Timesteps.Sinusoid(true, 0));
    time = new TimestepEmbedding(at.at("time_embedder"), config.sinusoidWidth(), width);
    timeParts = at.linear("time_proj", width, (long) PARTS * width);
    text1 = at.linear("text_embedder.linear_1", config.textWidth(), width);
    text2 = at.linear("text_embedder.linear_2", width, width);
  }

  /** Timesteps {@code [n]} to {@code [n, width]}. */
  Tensor embedded(Tensor timesteps) {
    return time.forward(waves.forward(timesteps));
  }

  /** Embedded timesteps to the six parts {@code [n, 6, width]}. */
  Tensor parts(Tensor embedded) {
    return timeParts.forward(Ops.silu(embedded)).reshape(embedded.size(0), PARTS, embedded.size(1));
  }

  /** Text states {@code [batch, words, text width]} to {@code [batch, words, width]}. */
  Tensor text(Tensor states) {
    return text2.forward(Ops.geluTanh(text1.forward(states)));
  }
}
