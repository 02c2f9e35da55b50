package dev.atelier.runtime.pretrain;

import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Writes the loss curve of a phase, says how far it is, and publishes at each checkpoint. */
final class PhaseProgress implements TrainingListener {

  private final String phase;
  private final int steps;
  private final RunLog log;
  private final LossCurve curve;
  private final IntConsumer publish;
  private Instant begun = Instant.EPOCH;
  private double loss;
  private double norm;
  private int gathered;

  /**
   * @param publish gets the number of steps done
   */
  PhaseProgress(String phase, int steps, RunLog log, LossCurve curve, IntConsumer publish) {
    this.phase = phase;
    this.steps = steps;
    this.log = log;
    this.curve = curve;
    this.publish = publish;
  }

  @Override
  public void begin(int done) {
    curve.goOnAfter(done);
    begun = log.clock().instant();
    log.say("%s: %d steps, %d done".formatted(phase, steps, done));
  }

  @Override
  public void step(Step step) {
    loss += step.loss();
    norm += step.gradientNorm();
    if (++gathered < LossCurve.EVERY) {
      return;
    }
    var point =
        new LossCurve.Point(
            step.step(),
            loss / gathered,
            norm / gathered,
            step.learningRate(),
            Duration.between(begun, log.clock().instant()).toMillis() / 1e3);
    curve.add(point);
    log.progress(
        phase,
        step.step(),
        steps,
        String.format(Locale.ROOT, "  loss %.4f  norm %.3f", point.loss(), point.gradientNorm()));
    loss = 0;
    norm = 0;
    gathered = 0;
  }

  @Override
  public void checkpoint(CheckpointRef checkpoint) {
    boolean resumed = begun.equals(Instant.EPOCH);
    if (!resumed) {
      publish.accept(checkpoint.step());
    }
  }
}
