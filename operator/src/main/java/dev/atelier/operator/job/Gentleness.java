package dev.atelier.operator.job;

import dev.atelier.api.RunStatus.Adjustment;
import java.util.List;

/**
 * How much gentler than asked for an attempt trains, after one that ran out of memory or diverged.
 * Half the batch with twice the accumulation takes the same steps in less memory.
 */
public record Gentleness(boolean halfBatch, boolean halfLearningRate) {

  /** As the run's adjustments say. */
  public static Gentleness of(List<Adjustment> adjustments) {
    return new Gentleness(
        adjustments.contains(Adjustment.HalfBatch),
        adjustments.contains(Adjustment.HalfLearningRate));
  }

  /** The learning rate, of a decimal as the resource has it. */
  public double learningRate(String asked) {
    return (halfLearningRate ? 0.5 : 1) * Double.parseDouble(asked);
  }

  public int batchSize(int asked) {
    return halfBatch ? Math.max(1, asked / 2) : asked;
  }

  public int gradientAccumulation(int asked) {
    return halfBatch ? 2 * asked : asked;
  }
}
