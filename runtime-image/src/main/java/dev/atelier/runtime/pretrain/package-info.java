/**
 * Trains the samples' small base model from nothing but the drawn world of {@link
 * dev.atelier.runtime.portrait}: tokenizer, autoencoder, text encoder and denoiser, one {@link
 * dev.atelier.runtime.pretrain.Phase} after the other. Every phase is a function of the recipe
 * alone and goes on where a run was interrupted.
 */
@NullMarked
package dev.atelier.runtime.pretrain;

import org.jspecify.annotations.NullMarked;
