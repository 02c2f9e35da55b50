@NullMarked
package dev.atelier.local.workstation;

import org.jspecify.annotations.NullMarked;
