@NullMarked
package dev.atelier.local.cluster;

import org.jspecify.annotations.NullMarked;
