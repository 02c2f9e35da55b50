package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.tensor.Tensor;

/**
 * What a vision transformer gives.
 *
 * @param last states of all tokens, {@code [batch, tokens, width]}; normalised in ViT and DINOv2,
 *     not in CLIP
 * @param pooled the normalised class token, {@code [batch, width]}
 */
public record VisionStates(Tensor last, Tensor pooled) {}
