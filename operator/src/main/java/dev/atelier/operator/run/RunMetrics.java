package dev.atelier.operator.run;

import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.run.RunDecision.Fail;
import dev.atelier.operator.run.RunDecision.Finish;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Suspend;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.util.Optional;

/** Counts what was decided about a run, once for each decision that is news. */
final class RunMetrics {

  private final String kind;
  private final StageMetrics metrics;

  RunMetrics(String kind, StageMetrics metrics) {
    this.kind = kind;
    this.metrics = metrics;
  }

  void count(Staged model, RunObserved seen, RunDecision decision, Stage present) {
    if (decision instanceof Launch launch) {
      launched(model.spec(), launch);
    } else if (decision instanceof Suspend suspend) {
      metrics.used(kind, present, suspend.gpuSeconds());
    } else if (decision instanceof Finish finish) {
      ended(model, seen, finish.run(), StageMetrics.SUCCEEDED, finish.gpuSeconds());
      metrics.said(kind, model.spec().stage(finish.run()), finish.words());
      if (model.spec().after(model.spec().stage(finish.run())).isEmpty()) {
        metrics.runEnded(kind, StageMetrics.SUCCEEDED);
      }
    } else if (decision instanceof Fail fail) {
      failed(model, seen, fail, fail.words());
    }
  }

  private void failed(
      Staged model, RunObserved seen, Fail fail, Optional<TerminationMessage> words) {
    ended(model, seen, fail.run(), fail.reason().name(), fail.gpuSeconds());
    words.ifPresent(said -> metrics.said(kind, model.spec().stage(fail.run()), said));
    metrics.runEnded(kind, fail.reason().name());
  }

  private void launched(StagedSpec spec, Launch launch) {
    var run = launch.run();
    var stage = spec.stage(run);
    metrics.used(kind, stage, launch.spent().news());
    if (run.attempt() > 1) {
      var adjustments = run.adjustments();
      metrics.retried(
          kind,
          stage,
          adjustments.isEmpty()
              ? Optional.empty()
              : Optional.of(adjustments.get(adjustments.size() - 1)));
    }
  }

  private void ended(
      Staged model, RunObserved seen, RunStatus run, String result, long gpuSeconds) {
    var stage = model.spec().stage(run);
    var job = StageKey.of(model.owner(), stage, run).jobName();
    metrics.stageEnded(kind, stage, result, seen.jobs().times(job));
    metrics.used(kind, stage, gpuSeconds);
  }
}
