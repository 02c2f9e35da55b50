/** Blocks that the denoiser and the autoencoders share, under their diffusers names. */
@NullMarked
package dev.atelier.runtime.model.block;

import org.jspecify.annotations.NullMarked;
