/** A stage of a run as a batch/v1 Job: its manifests, what became of it, its progress. */
@NullMarked
package dev.atelier.operator.job;

import org.jspecify.annotations.NullMarked;
