package dev.atelier.runtime.model.clip;

import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What the text encoder gives.
 *
 * @param hidden the embeddings and then each layer's output, {@code [batch, tokens, width]},
 *     without the final norm
 * @param last the last layer's output after the final norm
 * @param pooled the final state at the end token, {@code [batch, width]}
 * @param projected the pooled text through the projection, for a model that has one
 */
public record TextStates(
    List<Tensor> hidden, Tensor last, Tensor pooled, Optional<Tensor> projected) {}
