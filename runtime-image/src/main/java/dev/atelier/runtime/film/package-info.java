/**
 * A world of drawn films: one coloured shape crosses a plain ground, and a caption says what it is
 * and where it goes. What the small video model of the samples learns from, with a judge that
 * measures colour, shape and direction in given frames and is no model.
 *
 * <p>Everything is a pure function of a seed.
 */
@NullMarked
package dev.atelier.runtime.film;

import org.jspecify.annotations.NullMarked;
