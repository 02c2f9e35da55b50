/**
 * What passes between the operator and a runtime pod: the stage file that goes in, the progress
 * that is served while it runs, the termination message and the exit code that come out.
 *
 * <p>Every number is resolved here: no defaults are left for the runtime to guess, so the file on
 * disk says everything that a run depends on.
 */
@NullMarked
package dev.atelier.stage;

import org.jspecify.annotations.NullMarked;
