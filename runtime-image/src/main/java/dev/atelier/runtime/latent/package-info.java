/** Latents and caption embeddings that are computed once, in sharded safetensors with an index. */
@NullMarked
package dev.atelier.runtime.latent;

import org.jspecify.annotations.NullMarked;
