@NullMarked
package dev.atelier.api;

import org.jspecify.annotations.NullMarked;
