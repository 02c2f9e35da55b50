package dev.atelier.runtime.ranks;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;

/**
 * Processes that train together, each on its share of every batch. All make the same calls in the
 * same order, from one thread each; a call returns when every rank has made it, and gives all of
 * them the same numbers. The first rank alone writes to the store.
 *
 * <p>Calls end with {@link StageFailure.PeerLost} when another rank is gone.
 */
public sealed interface Ranks permits Alone, RabitRanks, NcclRanks {

  /** One process that trains by itself. */
  Ranks ALONE = new Alone();

  /** Which of them this process is, from 0. */
  int rank();

  /** How many there are. */
  int size();

  /** Replaces every tensor by its sum over the ranks; float32, of the same shapes on each. */
  void sum(List<Tensor> tensors);

  /** Sums over the ranks, number by number. */
  double[] sum(double... values);

  /** Ends the work together, when all of it is done. */
  void leave();

  /** Whether this is the rank that writes. */
  default boolean first() {
    return rank() == 0;
  }

  /** The first rank's number. */
  default double ofFirst(double own) {
    return sum(first() ? own : 0)[0];
  }

  /** Whether it is so on at least one rank. */
  default boolean any(boolean own) {
    return sum(own ? 1 : 0)[0] > 0;
  }

  /** What the first rank decided. */
  default boolean decides(boolean own) {
    return ofFirst(own ? 1 : 0) > 0;
  }

  /** Waits until every rank is here. */
  default void meet() {
    sum(0);
  }
}
