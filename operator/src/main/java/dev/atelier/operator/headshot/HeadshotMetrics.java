package dev.atelier.operator.headshot;

import dev.atelier.api.RunStatus;
import dev.atelier.operator.headshot.HeadshotDecision.Fail;
import dev.atelier.operator.headshot.HeadshotDecision.Finish;
import dev.atelier.operator.headshot.HeadshotDecision.Launch;
import dev.atelier.operator.headshot.HeadshotDecision.Suspend;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.util.Optional;

/** Counts what was decided about a HeadshotModel, once for each decision that is news. */
final class HeadshotMetrics {

  private static final String KIND = "HeadshotModel";

  private final StageMetrics metrics;

  HeadshotMetrics(StageMetrics metrics) {
    this.metrics = metrics;
  }

  void count(Owner owner, HeadshotObserved seen, HeadshotDecision decision, Stage present) {
    if (decision instanceof Launch launch) {
      launched(launch);
    } else if (decision instanceof Suspend suspend) {
      metrics.used(KIND, present, suspend.gpuSeconds());
    } else if (decision instanceof Finish finish) {
      ended(owner, seen, finish.run(), StageMetrics.SUCCEEDED, finish.gpuSeconds());
      metrics.said(KIND, finish.words());
      if (HeadshotStages.after(HeadshotStages.of(finish.run())).isEmpty()) {
        metrics.runEnded(KIND, StageMetrics.SUCCEEDED);
      }
    } else if (decision instanceof Fail fail) {
      failed(owner, seen, fail, fail.words());
    }
  }

  private void failed(
      Owner owner, HeadshotObserved seen, Fail fail, Optional<TerminationMessage> words) {
    ended(owner, seen, fail.run(), fail.reason().name(), fail.gpuSeconds());
    words.ifPresent(said -> metrics.said(KIND, said));
    metrics.runEnded(KIND, fail.reason().name());
  }

  private void launched(Launch launch) {
    var run = launch.run();
    var stage = HeadshotStages.of(run);
    metrics.used(KIND, stage, launch.spent().news());
    if (run.attempt() > 1) {
      var adjustments = run.adjustments();
      metrics.retried(
          KIND,
          stage,
          adjustments.isEmpty()
              ? Optional.empty()
              : Optional.of(adjustments.get(adjustments.size() - 1)));
    }
  }

  private void ended(
      Owner owner, HeadshotObserved seen, RunStatus run, String result, long gpuSeconds) {
    var stage = HeadshotStages.of(run);
    var job = StageKey.of(owner, stage, run).jobName();
    metrics.stageEnded(KIND, stage, result, seen.jobs().times(job));
    metrics.used(KIND, stage, gpuSeconds);
  }
}
