package dev.atelier.runtime.stage;

import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.evaluate.ParetoFront;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.train.TrainingListener;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the progress reporter how training goes. */
final class TrainingProgress implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final ProgressReporter progress;
  private final int steps;
  private final RunningLoss loss = new RunningLoss();
  private List<NamedValue> learned = List.of();
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
    learned =
        List.of(
            new NamedValue("loss", number("%.4f", loss.with(step.loss()))),
            new NamedValue("learningRate", number("%.2e", step.learningRate())));
    progress.step(step.step(), values());
  }

  /**
   * Checkpoints were judged: the scores of the latest stand beside the loss until the next one's.
   *
   * @param front of all rounds so far, one at least
   */
  void judged(ParetoFront front) {
    var latest = front.rounds().get(front.rounds().size() - 1);
    int selected = front.chosen().orElseThrow().step();
    judged = new ArrayList<>(scores(latest));
    judged.add(new NamedValue("judgedStep", String.valueOf(latest.step())));
    judged.add(new NamedValue("selectedStep", String.valueOf(selected)));
    progress.judged(rounds(front, selected), values());
    LOG.info(
        "Train: step {} judged: {}; best so far is step {}",
        latest.step(),
        scores(latest).stream()
            .map(value -> value.name() + " " + value.value())
            .collect(Collectors.joining(", ")),
        selected);
  }

  private static JudgedRounds rounds(ParetoFront front, int selected) {
    return JudgedRounds.of(
            front.rounds().stream()
                .map(round -> new JudgedRounds.Round(round.step(), scores(round)))
                .toList(),
            front.front().stream().map(CheckpointScore::step).toList(),
            selected)
        .bounded();
  }

  private List<NamedValue> values() {
    return Stream.concat(learned.stream(), judged.stream()).toList();
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
