/** Metrics of generated pictures, each with the protocol that makes its number comparable. */
@NullMarked
package dev.atelier.runtime.evaluate;

import org.jspecify.annotations.NullMarked;
