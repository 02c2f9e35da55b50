package dev.atelier.runtime.train;

/**
 * Gives the batch of every step. The same step always gives the same batch, so that a resumed run
 * sees what the uninterrupted one would have seen.
 *
 * @param <B> what a batch holds
 */
public interface BatchSource<B> {

  /**
   * The batch of an optimizer step.
   *
   * @param accumulation which of the step's forward passes, from 0
   */
  B batch(int step, int accumulation);
}
