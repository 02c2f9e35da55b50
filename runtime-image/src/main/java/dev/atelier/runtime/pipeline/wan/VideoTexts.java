package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.tensor.Tensor;

/**
 * What the text encoder made of prompts; both {@code [clips, words, width]}.
 *
 * @param negatives of the negative prompts; the prompts' own without guidance
 */
public record VideoTexts(Tensor prompts, Tensor negatives) {}
