/** Between pictures and latents: the autoencoders that diffusion runs inside of. */
@NullMarked
package dev.atelier.runtime.model.autoencoder;

import org.jspecify.annotations.NullMarked;
