/**
 * The layers that models are made of, each registered under its diffusers name. {@code Linear} and
 * {@code Conv2d} are the seam where low-rank adapters join.
 */
@NullMarked
package dev.atelier.runtime.model.layer;

import org.jspecify.annotations.NullMarked;
