/** Video files: frames with their times, upright and in true proportions. */
@NullMarked
package dev.atelier.runtime.video;

import org.jspecify.annotations.NullMarked;
