/** Text for people and machines, from resources: pure functions, no input or output. */
@NullMarked
package dev.atelier.local.cli.view;

import org.jspecify.annotations.NullMarked;
