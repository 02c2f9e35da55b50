/**
 * From a prompt to pictures: text encoder, denoiser, sampler and autoencoder in the order of
 * diffusers' {@code StableDiffusionPipeline}.
 */
@NullMarked
package dev.atelier.runtime.pipeline;

import org.jspecify.annotations.NullMarked;
