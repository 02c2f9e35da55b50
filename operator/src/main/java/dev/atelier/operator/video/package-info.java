/** VideoGenerator: clips prepared, a model tuned on them and tried. */
@NullMarked
package dev.atelier.operator.video;

import org.jspecify.annotations.NullMarked;
