package dev.atelier.runtime.stage;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.NamedValue;
import java.util.List;
import java.util.Locale;

/** Tells the progress reporter how training goes. */
final class TrainingProgress implements TrainingListener {

  /** Weight of the newest loss in the mean that is shown: single steps vary by their timesteps. */
  private static final double NEWEST = 0.1;

  private final ProgressReporter progress;
  private final int steps;
  private double loss = Double.NaN;

  TrainingProgress(ProgressReporter progress, int steps) {
    this.progress = progress;
    this.steps = steps;
  }

  /** The running mean of the loss, not a number before the first step. */
  double loss() {
    return loss;
  }

  @Override
  public void begin(int done) {
    progress.begin("training", steps, done);
  }

  @Override
  public void step(Step step) {
    loss = Double.isNaN(loss) ? step.loss() : loss + NEWEST * (step.loss() - loss);
    progress.step(
        step.step(),
        List.of(
            new NamedValue("loss", number("%.4f", loss)),
            new NamedValue("learningRate", number("%.2e", step.learningRate()))));
  }

  @Override
  public void checkpoint(CheckpointRef checkpoint) {
    progress.checkpoint(checkpoint);
  }

  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
