package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the progress reporter how training goes. */
final class TrainingProgress implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final ProgressReporter progress;
  private final int steps;
  private final RunningLoss loss = new RunningLoss();
  private List<NamedValue> judged = List.of();

  TrainingProgress(ProgressReporter progress, int steps) {
    this.progress = progress;
    this.steps = steps;
  }

  /** The running mean of the loss, not a number before the first step. */
  double loss() {
    return loss.mean();
  }

  @Override
  public void begin(int done) {
    progress.begin("training", steps, done);
  }

  @Override
  public void step(Step step) {
    var values = new ArrayList<NamedValue>();
    values.add(new NamedValue("loss", number("%.4f", loss.with(step.loss()))));
    values.add(new NamedValue("learningRate", number("%.2e", step.learningRate())));
    values.addAll(judged);
    progress.step(step.step(), values);
  }

  /**
   * A checkpoint was judged: its scores stand beside the loss until the next one's.
   *
   * @param selectedStep the step that would be published now
   */
  void judged(CheckpointScore score, int selectedStep) {
    judged = new ArrayList<>(scores(score));
    judged.add(new NamedValue("selectedStep", String.valueOf(selectedStep)));
    LOG.info(
        "Train: step {} judged: {}; best so far is step {}",
        score.step(),
        scores(score).stream()
            .map(value -> value.name() + " " + value.value())
            .collect(Collectors.joining(", ")),
        selectedStep);
  }

  /** The scores of a checkpoint by name. */
  static List<NamedValue> scores(CheckpointScore score) {
    return List.of(
        new NamedValue("identity", number("%.4f", score.identity())),
        new NamedValue("promptAlignment", number("%.4f", score.promptAlignment())),
        new NamedValue("memorisation", number("%.4f", score.memorisation())));
  }

  @Override
  public void checkpoint(CheckpointRef checkpoint) {
    progress.checkpoint(checkpoint);
  }

  static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
