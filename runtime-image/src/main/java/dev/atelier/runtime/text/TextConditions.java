package dev.atelier.runtime.text;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Optional;

/**
 * What a denoiser is told of prompts.
 *
 * @param states {@code [prompts, tokens, width]}
 * @param pooled {@code [prompts, width]}, of models that take the whole prompt as one vector too
 */
public record TextConditions(Tensor states, Optional<Tensor> pooled) {

  /** One row, repeated. */
  public TextConditions row(int row, long times) {
    return new TextConditions(
        states.narrow(0, row, 1).expand(times, states.size(1), states.size(2)),
        pooled.map(own -> own.narrow(0, row, 1).expand(times, own.size(1))));
  }
}
