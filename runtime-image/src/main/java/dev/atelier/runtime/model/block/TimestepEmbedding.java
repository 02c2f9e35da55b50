package dev.atelier.runtime.model.block;

import dev.atelier.runtime.model.layer.Layers;
import dev.atelier.runtime.model.layer.Linear;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;

/** Two dense layers with SiLU between them. */
public final class TimestepEmbedding {
  private final Linear linear1;
  private final Linear linear2;

  public TimestepEmbedding(Layers at, int in, int width) {
    linear1 = at.linear("linear_1", in, width);
    linear2 = at.linear("linear_2", width, width);
  }

  public Tensor forward(Tensor x) {
    return linear2.forward(Ops.silu(linear1.forward(x)));
  }
}
