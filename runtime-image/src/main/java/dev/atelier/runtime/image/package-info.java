/** Pictures as float RGB planes of pixels, and how they are resized, compared and written. */
@NullMarked
package dev.atelier.runtime.image;

import org.jspecify.annotations.NullMarked;
