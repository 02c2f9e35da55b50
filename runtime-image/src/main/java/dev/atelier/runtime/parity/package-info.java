/** Comparison of this runtime with stored results of diffusers and its relatives. */
@NullMarked
package dev.atelier.runtime.parity;

import org.jspecify.annotations.NullMarked;
