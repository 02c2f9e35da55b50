/** One class per stage. */
@NullMarked
package dev.atelier.runtime.stage;

import org.jspecify.annotations.NullMarked;
