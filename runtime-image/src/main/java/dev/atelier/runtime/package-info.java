/** The diffusion runtime: one process runs one stage and ends with the contract's exit code. */
@NullMarked
package dev.atelier.runtime;

import org.jspecify.annotations.NullMarked;
