@NullMarked
package dev.atelier.operator;

import org.jspecify.annotations.NullMarked;
