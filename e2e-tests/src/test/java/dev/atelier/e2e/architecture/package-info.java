/** The rules of the architecture, over the classes and sources of every module. */
@NullMarked
package dev.atelier.e2e.architecture;

import org.jspecify.annotations.NullMarked;
