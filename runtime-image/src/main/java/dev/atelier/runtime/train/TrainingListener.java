package dev.atelier.runtime.train;

import dev.atelier.stage.CheckpointRef;

/** Hears of every step. */
public interface TrainingListener {

  /**
   * What a step measured.
   *
   * @param step steps done
   * @param gradientNorm before clipping
   */
  record Step(
      int step,
      double loss,
      double instanceLoss,
      double priorLoss,
      double gradientNorm,
      double learningRate) {}

  /** Training begins after so many steps that an earlier attempt did. */
  void begin(int done);

  /** A step is done. */
  void step(Step step);

  /** A checkpoint is durable. */
  void checkpoint(CheckpointRef checkpoint);
}
