@NullMarked
package dev.atelier.local.node;

import org.jspecify.annotations.NullMarked;
