/**
 * Checkpoints in one file with the names of the original implementations (CompVis, Stability AI),
 * read under the names of diffusers and transformers.
 */
@NullMarked
package dev.atelier.runtime.model.checkpoint;

import org.jspecify.annotations.NullMarked;
