package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a VideoGenerator. */
@ApiValue
@SchemaCustomizer(ConditionsByType.class)
public record VideoGeneratorStatus(
    @JsonPropertyDescription("Generation of the spec that this status answers.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What holds, by type; see the list of reasons in the reference.")
        List<Condition> conditions,
    @JsonPropertyDescription("The run that the status speaks of.") @Nullable RunStatus run,
    @JsonPropertyDescription("What became of the clips.") @Nullable DatasetStatus dataset,
    @JsonPropertyDescription("How far the running stage is.") @Nullable ProgressStatus progress,
    @JsonPropertyDescription("The newest durable training state.")
        @Nullable CheckpointStatus lastCheckpoint,
    @JsonPropertyDescription("What was measured, and whether it was good enough.")
        @Nullable EvaluationStatus evaluation,
    @JsonPropertyDescription("Files to fetch.") List<ArtifactStatus> artifacts,
    @JsonPropertyDescription("The HTTP API, where spec.serving asks for one.")
        @Nullable Serving serving,
    @JsonPropertyDescription("What the run used.") @Nullable UsageStatus usage) {

  public VideoGeneratorStatus {
    conditions = List.copyOf(requireNonNullElse(conditions, List.of()));
    artifacts = List.copyOf(requireNonNullElse(artifacts, List.of()));
  }

  /** The HTTP API as it is. */
  @ApiValue
  public record Serving(
      @JsonPropertyDescription("Pods that are ready.") @StatusReplicas Integer replicas,
      @JsonPropertyDescription(
              "Base address in the cluster, with /v1: what OpenAI's clients call base_url.")
          @Nullable String url,
      @JsonPropertyDescription("Labels of the pods that serve; autoscalers count by it.")
          @LabelSelector
          @Nullable String selector) {

    public Serving {
      replicas = requireNonNullElse(replicas, 0);
    }
  }
}
