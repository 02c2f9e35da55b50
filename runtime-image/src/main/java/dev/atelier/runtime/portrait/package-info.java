/**
 * A world of drawn portraits: people whose every trait is known, in clothes and places that a
 * caption names. What the small base model of the samples learns from, and what readers of its
 * pictures are trained and checked on.
 *
 * <p>Everything is a pure function of a seed: the same seed draws the same picture on every machine
 * (Java2D's own rasteriser, no fonts, no native drawing).
 */
@NullMarked
package dev.atelier.runtime.portrait;

import org.jspecify.annotations.NullMarked;
