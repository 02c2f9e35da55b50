package dev.atelier.runtime.report;

import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.NamedValue;
import dev.atelier.stage.Progress;
import dev.atelier.stage.Stage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a stage stands. The stage tells; the progress server and the log read.
 *
 * <p>A stage may have several activities (drawing prior images, then training), each with its own
 * steps; time left is estimated from the pace of the recent ones.
 */
public final class ProgressReporter {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");
  private static final int LOG_LINES_PER_ACTIVITY = 20;

  private final Clock clock;
  private Progress now;
  private final Pace pace = new Pace();
  private Optional<IntToDoubleFunction> stepsLeft = Optional.empty();
  private @Nullable JudgedRounds judged;
  private int lastLogged;

  /** Nothing done yet. */
  public ProgressReporter(Stage stage, Clock clock) {
    this.clock = clock;
    this.now =
        new Progress(
            stage.title(), "starting", 0, 0, 0, null, clock.instant(), List.of(), null, null);
  }

  /** Begins an activity of so many steps, of which some are already done (after a resume). */
  public synchronized void begin(String activity, int totalSteps, int done) {
    begin(activity, totalSteps, done, Optional.empty());
  }

  /**
   * As above where later steps take longer, or shorter.
   *
   * @param stepsLeft by the steps done, how many steps like the current ones the rest amounts to
   */
  public synchronized void begin(
      String activity, int totalSteps, int done, IntToDoubleFunction stepsLeft) {
    begin(activity, totalSteps, done, Optional.of(stepsLeft));
  }

  private void begin(
      String activity, int totalSteps, int done, Optional<IntToDoubleFunction> left) {
    stepsLeft = left;
    pace.begin(done, clock.instant());
    lastLogged = done;
    now = next(activity, done, totalSteps, now.metrics(), now.lastCheckpoint());
    LOG.info("{}: {} ({} steps, {} done)", now.stage(), activity, totalSteps, done);
  }

  /** Says more closely what the current activity is at; its steps and pace go on. */
  public synchronized void doing(String activity) {
    now = next(activity, now.step(), now.totalSteps(), now.metrics(), now.lastCheckpoint());
  }

  /** Steps done in the current activity, with the newest values. */
  public synchronized void step(int step, List<NamedValue> metrics) {
    pace.step(step, clock.instant());
    now = next(now.activity(), step, now.totalSteps(), metrics, now.lastCheckpoint());
    if (step == now.totalSteps()
        || step - lastLogged >= Math.max(1, now.totalSteps() / LOG_LINES_PER_ACTIVITY)) {
      lastLogged = step;
      LOG.info(
          "{}: {} {}/{} {}", now.stage(), now.activity(), step, now.totalSteps(), text(metrics));
    }
  }

  /** A checkpoint became durable. */
  public synchronized void checkpoint(CheckpointRef checkpoint) {
    now = next(now.activity(), now.step(), now.totalSteps(), now.metrics(), checkpoint);
  }

  /**
   * A checkpoint was judged; who asks hears of it before the next step.
   *
   * @param rounds all that were judged so far
   * @param metrics the newest values, its scores among them
   */
  public synchronized void judged(JudgedRounds rounds, List<NamedValue> metrics) {
    judged = rounds;
    now = next(now.activity(), now.step(), now.totalSteps(), metrics, now.lastCheckpoint());
  }

  /** Mean seconds of the recent steps, not a number before the first one. */
  public synchronized double secondsPerStep() {
    return pace.secondsPerStep().orElse(Double.NaN);
  }

  /** Where the stage stands. */
  public synchronized Progress now() {
    return now;
  }

  private Progress next(
      String activity,
      int step,
      int totalSteps,
      List<NamedValue> metrics,
      @Nullable CheckpointRef checkpoint) {
    int percent = totalSteps == 0 ? 0 : (int) (100L * Math.min(step, totalSteps) / totalSteps);
    return new Progress(
        now.stage(),
        activity,
        step,
        totalSteps,
        percent,
        secondsLeft(step, totalSteps),
        clock.instant(),
        List.copyOf(metrics),
        checkpoint,
        judged);
  }

  private @Nullable Integer secondsLeft(int step, int totalSteps) {
    var each = pace.secondsPerStep();
    return each.isEmpty()
        ? null
        : Integer.valueOf((int) Math.round(each.getAsDouble() * left(step, totalSteps)));
  }

  private double left(int step, int totalSteps) {
    return stepsLeft.map(own -> own.applyAsDouble(step)).orElse(Math.max(0.0, totalSteps - step));
  }

  private static String text(List<NamedValue> metrics) {
    var text = new StringBuilder();
    for (var metric : metrics) {
      text.append(metric.name()).append(' ').append(metric.value()).append(' ');
    }
    return text.toString().strip();
  }
}
