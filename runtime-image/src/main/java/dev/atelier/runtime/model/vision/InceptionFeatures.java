package dev.atelier.runtime.model.vision;

import dev.atelier.runtime.tensor.Tensor;

/**
 * What the FID network gives, one row per picture.
 *
 * @param low mean over the picture after the first pool, 64 channels
 * @param early mean after the second pool, 192 channels
 * @param middle mean before the last reduction, 768 channels
 * @param pooled 2048 channels: the features of FID and KID
 * @param logits of 1008 classes without the last layer's bias: those of the Inception Score
 * @param biased with it
 */
public record InceptionFeatures(
    Tensor low, Tensor early, Tensor middle, Tensor pooled, Tensor logits, Tensor biased) {}
