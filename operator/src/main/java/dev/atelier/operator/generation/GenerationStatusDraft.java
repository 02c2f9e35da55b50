package dev.atelier.operator.generation;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.ProgressStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.UsageStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A GenerationJob's status while it is being rewritten: starts as the present one. */
final class GenerationStatusDraft {

  private final long generation;
  private final GenerationJobStatus.@Nullable Feedback feedback;
  ConditionSet conditions;
  @Nullable RunStatus run;
  GenerationJobStatus.@Nullable Samples samples;
  @Nullable ProgressStatus progress;
  @Nullable EvaluationStatus evaluation;
  List<ArtifactStatus> artifacts = List.of();
  @Nullable UsageStatus usage;

  GenerationStatusDraft(GenerationJob job, Instant now) {
    var present = job.getStatus();
    generation = Objects.requireNonNullElse(job.getMetadata().getGeneration(), 0L);
    conditions =
        ConditionSet.of(present == null ? List.of() : present.conditions(), generation, now);
    feedback = present == null ? null : present.feedback();
    if (present != null) {
      run = present.run();
      samples = present.samples();
      progress = present.progress();
      evaluation = present.evaluation();
      artifacts = present.artifacts();
      usage = present.usage();
    }
  }

  /** Forgets what was drawn; not what it used. */
  void clear() {
    samples = null;
    progress = null;
    evaluation = null;
    artifacts = List.of();
  }

  void ready(Reason reason, String message) {
    conditions = conditions.no(ConditionType.Ready, reason, message);
  }

  /** Nobody tries again. */
  void failed(Reason reason, String message) {
    ready(reason, message);
    conditions =
        conditions
            .no(ConditionType.Complete, reason, message)
            .yes(ConditionType.Failed, reason, message)
            .yes(ConditionType.Stalled, reason, message);
  }

  void resumed() {
    conditions = conditions.without(ConditionType.Stalled);
    if (conditions.isTrue(ConditionType.Suspended)) {
      conditions =
          conditions.no(ConditionType.Suspended, Reason.Resumed, "spec.suspend is false again");
    }
  }

  /** The Job goes, and its count of tries with it. */
  void stopped() {
    if (run != null) {
      run = run.tried(null);
    }
  }

  GenerationJobStatus build() {
    return new GenerationJobStatus(
        generation,
        conditions.toList(),
        run,
        samples,
        progress,
        evaluation,
        artifacts,
        feedback,
        usage);
  }
}
