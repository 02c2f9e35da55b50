/** The video autoencoders of Wan 2.1 and 2.2, under their diffusers names. */
@NullMarked
package dev.atelier.runtime.model.wan.autoencoder;

import org.jspecify.annotations.NullMarked;
