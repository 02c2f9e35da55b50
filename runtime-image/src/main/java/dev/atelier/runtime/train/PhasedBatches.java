package dev.atelier.runtime.train;

import java.util.List;

/**
 * Batches of phases that follow one another in one training: weights, optimizer and learning rate
 * go on, only what the steps see changes.
 *
 * @param phases in their order
 */
public record PhasedBatches(List<Phase> phases) implements BatchSource<ClipBatch> {

  /** So many steps on the batches of a source, which counts them from 0. */
  public record Phase(int steps, BatchSource<ClipBatch> batches) {}

  public PhasedBatches {
    phases = List.copyOf(phases);
  }

  @Override
  public ClipBatch batch(int step, int accumulation) {
    int first = 0;
    for (Phase phase : phases) {
      if (step < first + phase.steps()) {
        return phase.batches().batch(step - first, accumulation);
      }
      first += phase.steps();
    }
    throw new IllegalArgumentException("there is no step %d in %d".formatted(step, first));
  }
}
