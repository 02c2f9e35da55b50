package dev.atelier.operator.run;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.CheckpointStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DatasetStatus;
import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.ProgressStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.UsageStatus;
import dev.atelier.api.VideoGeneratorStatus.Serving;
import dev.atelier.operator.job.Curve;
import dev.atelier.operator.job.StageResults;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.stage.CheckpointRef;
import dev.atelier.stage.JudgedRounds;
import dev.atelier.stage.Stage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next status while it is being written; starts as a copy of the present one. */
final class RunStatusDraft {

  ConditionSet conditions;
  @Nullable RunStatus run;
  @Nullable DatasetStatus dataset;
  @Nullable ProgressStatus progress;
  @Nullable CheckpointStatus lastCheckpoint;
  @Nullable EvaluationStatus evaluation;
  List<ArtifactStatus> artifacts = List.of();
  private @Nullable Serving serving;
  @Nullable UsageStatus usage;

  RunStatusDraft(@Nullable StagedStatus present, ConditionSet conditions) {
    this.conditions = conditions;
    if (present != null) {
      run = present.run();
      dataset = present.dataset();
      progress = present.progress();
      lastCheckpoint = present.lastCheckpoint();
      evaluation = present.evaluation();
      artifacts = present.artifacts();
      serving = present.serving();
      usage = present.usage();
    }
  }

  /** Forgets what an earlier run, or an erased one, had to say. */
  void clear() {
    dataset = null;
    progress = null;
    lastCheckpoint = null;
    evaluation = null;
    artifacts = List.of();
  }

  /** A run goes on, or waits to: whatever ended the one before is past. */
  void reopened() {
    conditions = conditions.without(ConditionType.Failed).without(ConditionType.Stalled);
  }

  void resumed() {
    reopened();
    if (conditions.isTrue(ConditionType.Suspended)) {
      conditions =
          conditions.no(ConditionType.Suspended, Reason.Resumed, "spec.suspend is false again");
    }
  }

  /** The run of the status, which may be an earlier one than that which is waited for. */
  void tried(RunTries tries) {
    if (run != null) {
      run = tries.of(run);
    }
  }

  /** The stage's Job goes, and its count of tries with it. */
  void stopped() {
    if (run != null) {
      run = run.tried(null);
    }
  }

  void judged(JudgedRounds rounds) {
    evaluation = Curve.soFar(evaluation, rounds);
  }

  void checkpoint(CheckpointRef reference, Optional<StoreRoot> root) {
    root.ifPresent(found -> lastCheckpoint = StageResults.checkpoint(reference, found));
  }

  void ready(Reason reason, String message) {
    conditions = conditions.no(ConditionType.Ready, reason, message);
  }

  /** In the words of a launch: a Job that starts as it should costs no write of its own. */
  void starting(Stage stage) {
    ready(StagedSpec.reason(stage), "starting " + stage.title());
  }

  void quota(StageState.Waiting waiting) {
    if (waiting.reason() == Reason.QuotaPending) {
      conditions =
          conditions.no(ConditionType.QuotaReserved, Reason.QuotaPending, waiting.message());
    }
  }

  void quotaReserved() {
    if (conditions.find(ConditionType.QuotaReserved).isPresent()) {
      conditions =
          conditions.yes(
              ConditionType.QuotaReserved, Reason.QuotaReserved, "the Job has its quota");
    }
  }

  StagedStatus build(long generation) {
    return new StagedStatus(
        generation,
        conditions.toList(),
        run,
        dataset,
        progress,
        lastCheckpoint,
        evaluation,
        artifacts,
        serving,
        usage);
  }
}
