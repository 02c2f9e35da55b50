@NullMarked
package dev.atelier.local;

import org.jspecify.annotations.NullMarked;
