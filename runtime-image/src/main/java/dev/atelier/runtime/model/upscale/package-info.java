/** Networks that make pictures larger, under the names of the published weight files. */
@NullMarked
package dev.atelier.runtime.model.upscale;

import org.jspecify.annotations.NullMarked;
