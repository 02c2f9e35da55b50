package dev.atelier.runtime.stage;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the progress reporter how training goes: phase, step, losses. */
final class VideoTrainingProgress implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final ProgressReporter progress;
  private final VideoPhases phases;
  private final RunningLoss loss = new RunningLoss();
  private List<NamedValue> judged = List.of();

  VideoTrainingProgress(ProgressReporter progress, VideoPhases phases) {
    this.progress = progress;
    this.phases = phases;
  }

  /** The running mean of the loss, not a number before the first step. */
  double loss() {
    return loss.mean();
  }

  @Override
  public void begin(int done) {
    int place = phases.of(Math.min(phases.steps(), done + 1));
    progress.begin(
        phases.phases().size() == 1
            ? "training"
            : "training stage %s (%d of %d)"
                .formatted(phases.phases().get(place).name(), place + 1, phases.phases().size()),
        phases.steps(),
        done,
        phases::left);
  }

  @Override
  public void step(Step step) {
    var values = new ArrayList<NamedValue>();
    values.add(new NamedValue("loss", TrainingProgress.number("%.4f", loss.with(step.loss()))));
    values.add(
        new NamedValue("learningRate", TrainingProgress.number("%.2e", step.learningRate())));
    values.addAll(judged);
    progress.step(step.step(), values);
    int place = phases.of(step.step());
    if (step.step() == phases.end(place) && !phases.isLast(place)) {
      begin(step.step());
    }
  }

  /**
   * The loss of what training does not see was measured: it stands beside the other one.
   *
   * @param best what would be published now; none before the last phase
   */
  void judged(VideoCurve.Round round, Optional<VideoCurve.Round> best) {
    judged = new ArrayList<>();
    judged.add(new NamedValue("validationLoss", TrainingProgress.number("%.4f", round.loss())));
    best.map(one -> new NamedValue("selectedStep", String.valueOf(one.step())))
        .ifPresent(judged::add);
    LOG.info(
        "Train: step {} of stage {}: validation loss {}{}",
        round.step(),
        round.stage(),
        TrainingProgress.number("%.4f", round.loss()),
        best.map(one -> "; best so far is step " + one.step()).orElse(""));
  }

  @Override
  public void checkpoint(CheckpointRef checkpoint) {
    progress.checkpoint(checkpoint);
  }
}
