package dev.atelier.runtime.pretrain;

/**
 * Everything that decides what a run makes; written beside the weights.
 *
 * @param <R> the recipe itself
 */
interface RunRecipe<R> {

  /** Of everything random. */
  long seed();

  /** The same with another's number of steps, the one thing that may change during a run. */
  R withStepsOf(R other);
}
