/** CLIP's text encoder (Radford et al. 2021) as transformers defines it. */
@NullMarked
package dev.atelier.runtime.model.clip;

import org.jspecify.annotations.NullMarked;
