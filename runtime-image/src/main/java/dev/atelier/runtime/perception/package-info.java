/** The small models that look at pictures: face detector, face embedding, nudity score. */
@NullMarked
package dev.atelier.runtime.perception;

import org.jspecify.annotations.NullMarked;
