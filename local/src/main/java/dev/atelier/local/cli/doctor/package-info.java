/** Checks of the machine that atelier is to run on. */
@NullMarked
package dev.atelier.local.cli.doctor;

import org.jspecify.annotations.NullMarked;
