package dev.atelier.operator.run;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.CheckpointStatus;
import dev.atelier.api.DatasetStatus;
import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.ProgressStatus;
import dev.atelier.api.RunStatus;
import dev.atelier.api.UsageStatus;
import dev.atelier.api.VideoGeneratorStatus.Serving;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a status that all kinds of runs have.
 *
 * @param serving of a VideoGenerator whose model is served
 */
public record StagedStatus(
    @Nullable Long observedGeneration,
    List<Condition> conditions,
    @Nullable RunStatus run,
    @Nullable DatasetStatus dataset,
    @Nullable ProgressStatus progress,
    @Nullable CheckpointStatus lastCheckpoint,
    @Nullable EvaluationStatus evaluation,
    List<ArtifactStatus> artifacts,
    @Nullable Serving serving,
    @Nullable UsageStatus usage) {

  public StagedStatus {
    conditions = List.copyOf(conditions);
    artifacts = List.copyOf(artifacts);
  }

  /** The same with other words about what is served. */
  public StagedStatus with(List<Condition> conditions, @Nullable Serving serving) {
    return new StagedStatus(
        observedGeneration,
        conditions,
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
