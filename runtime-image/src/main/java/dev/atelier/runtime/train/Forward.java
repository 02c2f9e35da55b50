package dev.atelier.runtime.train;

/**
 * A forward pass from a batch to its loss; recorded, so that the parameters learn from it.
 *
 * @param <B> what a batch holds
 */
@FunctionalInterface
public interface Forward<B> {
  /** The loss of a batch. */
  Objective.Loss loss(B batch);
}
