/** Text and first frame to video with Wan, as the diffusers pipelines of the same name do it. */
@NullMarked
package dev.atelier.runtime.pipeline.wan;

import org.jspecify.annotations.NullMarked;
