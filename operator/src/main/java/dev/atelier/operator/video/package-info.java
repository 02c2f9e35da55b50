/** VideoGenerator: clips are prepared, a model is tuned on them and tried. */
@NullMarked
package dev.atelier.operator.video;

import org.jspecify.annotations.NullMarked;
