@NullMarked
package dev.atelier.stage;

import org.jspecify.annotations.NullMarked;
