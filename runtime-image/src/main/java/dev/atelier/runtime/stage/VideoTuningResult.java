package dev.atelier.runtime.stage;

import dev.atelier.runtime.train.LossHistory;
import java.util.List;
import java.util.Optional;

/**
 * What a tuning of a video model came to; its network holds it.
 *
 * @param loss mean of the last losses
 * @param steps that were taken
 * @param losses over the steps
 * @param validation where it was measured
 */
record VideoTuningResult(
    double loss, int steps, List<LossHistory.Point> losses, Optional<VideoCurve> validation) {

  VideoTuningResult {
    losses = List.copyOf(losses);
  }

  /** The step whose weights the network holds. */
  int publishedStep() {
    return validation.map(VideoCurve::selectedStep).orElse(steps);
  }
}
