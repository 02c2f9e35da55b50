package dev.atelier.runtime.stage;

import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the progress reporter how training goes: phase, step, losses. */
final class VideoTrainingProgress implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final ProgressReporter progress;
  private final VideoPhases phases;
  private final RunningLoss loss = new RunningLoss();
  private List<NamedValue> learned = List.of();
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
    learned =
        List.of(
            new NamedValue("loss", TrainingProgress.number("%.4f", loss.with(step.loss()))),
            new NamedValue("learningRate", TrainingProgress.number("%.2e", step.learningRate())));
    progress.step(step.step(), values());
    int place = phases.of(step.step());
    if (step.step() == phases.end(place) && !phases.isLast(place)) {
      begin(step.step());
    }
  }

  /**
   * The loss of what training does not see was measured: it stands beside the other one.
   *
   * @param rounds all so far, one at least
   * @param best what would be published now; none before the last phase
   */
  void judged(List<VideoCurve.Round> rounds, Optional<VideoCurve.Round> best) {
    var latest = rounds.get(rounds.size() - 1);
    judged = new ArrayList<>(scores(latest));
    judged.add(new NamedValue("judgedStep", String.valueOf(latest.step())));
    best.map(one -> new NamedValue("selectedStep", String.valueOf(one.step())))
        .ifPresent(judged::add);
    progress.judged(told(rounds, best), values());
    LOG.info(
        "Train: step {} of stage {}: validation loss {}{}",
        latest.step(),
        latest.stage(),
        TrainingProgress.number("%.4f", latest.loss()),
        best.map(one -> "; best so far is step " + one.step()).orElse(""));
  }

  /** Of a single score the front is its best. */
  private static JudgedRounds told(List<VideoCurve.Round> rounds, Optional<VideoCurve.Round> best) {
    return JudgedRounds.of(
            rounds.stream()
                .map(round -> new JudgedRounds.Round(round.step(), scores(round)))
                .toList(),
            best.stream().map(VideoCurve.Round::step).toList(),
            best.map(VideoCurve.Round::step).orElse(null))
        .bounded();
  }

  private static List<NamedValue> scores(VideoCurve.Round round) {
    return List.of(new NamedValue("validationLoss", TrainingProgress.number("%.4f", round.loss())));
  }

  private List<NamedValue> values() {
    return Stream.concat(learned.stream(), judged.stream()).toList();
  }

  @Override
  public void checkpoint(CheckpointRef checkpoint) {
    progress.checkpoint(checkpoint);
  }
}
