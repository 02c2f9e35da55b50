package dev.atelier.runtime.train;

/**
 * Gives the batch of every step. The same step always gives the same batch, so that a resumed run
 * sees what the uninterrupted one would have seen.
 */
public interface BatchSource {

  /**
   * The batch of an optimizer step.
   *
   * @param accumulation which of the step's forward passes, from 0
   */
  Batch batch(int step, int accumulation);
}
