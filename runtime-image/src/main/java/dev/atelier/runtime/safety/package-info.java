/** What must not be asked for and what must not be written. */
@NullMarked
package dev.atelier.runtime.safety;

import org.jspecify.annotations.NullMarked;
