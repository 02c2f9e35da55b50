/** VideoGenerator: accepted and validated; not run by this release. */
@NullMarked
package dev.atelier.operator.video;

import org.jspecify.annotations.NullMarked;
