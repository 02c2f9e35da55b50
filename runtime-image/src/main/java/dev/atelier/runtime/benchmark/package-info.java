/** Times of the work that a user waits for, on the machine at hand. */
@NullMarked
package dev.atelier.runtime.benchmark;

import org.jspecify.annotations.NullMarked;
