package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;

/**
 * What one forward pass sees; the first {@code instances} samples show the subject, the others the
 * class.
 *
 * @param latents clean latents {@code [batch, channels, height, width]}
 * @param noise of the same shape
 * @param timesteps one per sample
 * @param captions one per sample
 */
public record Batch(
    Tensor latents, Tensor noise, long[] timesteps, Conditioning captions, int instances) {}
