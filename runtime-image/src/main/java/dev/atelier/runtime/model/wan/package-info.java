/** The video transformer of Wan 2.1 and 2.2, under its diffusers names. */
@NullMarked
package dev.atelier.runtime.model.wan;

import org.jspecify.annotations.NullMarked;
