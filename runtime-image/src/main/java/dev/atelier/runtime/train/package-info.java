/**
 * Tuning of a base model on a person's photos: what is trained ({@link
 * dev.atelier.runtime.train.TuningMethod}), on what ({@link
 * dev.atelier.runtime.train.BatchSource}), towards what ({@link
 * dev.atelier.runtime.train.Objective}), and the loop that resumes bit for bit.
 */
@NullMarked
package dev.atelier.runtime.train;

import org.jspecify.annotations.NullMarked;
