package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a GenerationJob. */
@ApiValue
@SchemaCustomizer(ConditionsByType.class)
public record GenerationJobStatus(
    @JsonPropertyDescription("Generation of the spec that this status answers.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription("What holds, by type; see the list of reasons in the reference.")
        List<Condition> conditions,
    @JsonPropertyDescription("The run that the status speaks of.") @Nullable RunStatus run,
    @JsonPropertyDescription("Counts of pictures.") @Nullable Samples samples,
    @JsonPropertyDescription("How far the job is.") @Nullable ProgressStatus progress,
    @JsonPropertyDescription("What was measured, and whether it was good enough.")
        @Nullable EvaluationStatus evaluation,
    @JsonPropertyDescription("Files to fetch.") List<ArtifactStatus> artifacts,
    @JsonPropertyDescription("What people said of the pictures.") @Nullable Feedback feedback,
    @JsonPropertyDescription("What the job used.") @Nullable UsageStatus usage) {

  public GenerationJobStatus {
    conditions = List.copyOf(requireNonNullElse(conditions, List.of()));
    artifacts = List.copyOf(requireNonNullElse(artifacts, List.of()));
  }

  /** Counts of pictures. */
  @ApiValue
  public record Samples(
      @JsonPropertyDescription("Asked for.") Integer requested,
      @JsonPropertyDescription("Drawn and kept.") Integer produced,
      @JsonPropertyDescription("Refused by the safety model.") Integer blocked,
      @JsonPropertyDescription("Not drawn.") Integer failed) {

    public Samples {
      requested = requireNonNullElse(requested, 0);
      produced = requireNonNullElse(produced, 0);
      blocked = requireNonNullElse(blocked, 0);
      failed = requireNonNullElse(failed, 0);
    }
  }

  /** What people said of the pictures. */
  @ApiValue
  public record Feedback(
      @JsonPropertyDescription("Pictures shown.") Integer shown,
      @JsonPropertyDescription("Pictures kept.") Integer kept,
      @JsonPropertyDescription("Pictures rejected.") Integer rejected) {

    public Feedback {
      shown = requireNonNullElse(shown, 0);
      kept = requireNonNullElse(kept, 0);
      rejected = requireNonNullElse(rejected, 0);
    }
  }
}
