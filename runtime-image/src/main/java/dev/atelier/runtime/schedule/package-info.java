/** Noise schedules and the samplers that walk them, equal to diffusers' schedulers. */
@NullMarked
package dev.atelier.runtime.schedule;

import org.jspecify.annotations.NullMarked;
