/** Processes that train together: who they are, how they meet, and how they add up. */
@NullMarked
package dev.atelier.runtime.ranks;

import org.jspecify.annotations.NullMarked;
