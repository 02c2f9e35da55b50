@NullMarked
package dev.atelier.runtime;

import org.jspecify.annotations.NullMarked;
