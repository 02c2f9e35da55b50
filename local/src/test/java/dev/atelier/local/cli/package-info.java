@NullMarked
package dev.atelier.local.cli;

import org.jspecify.annotations.NullMarked;
