package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a {@link TrainingLoop} drives: anything that gathers gradients, then changes its parameters
 * by them, and whose state at the end of a step is all that the next one needs.
 */
public interface Training extends AutoCloseable {

  /** Forgets the gradients of before and gathers those of a step, counted from 0. */
  TrainingStep.Losses descend(int step);

  /**
   * Changes the parameters by the gathered gradients; nothing changes if those are not finite.
   *
   * @return the norm of the gradients before clipping
   */
  double update(int step);

  /** Everything that a checkpoint needs, by name. */
  SortedMap<String, Tensor> state();

  /**
   * Goes back to a saved state.
   *
   * @throws IllegalArgumentException if the state is of other parameters
   */
  void restore(Map<String, Tensor> saved);

  @Override
  void close();
}
