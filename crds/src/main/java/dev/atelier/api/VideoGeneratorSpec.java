package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A video model: a base model as it is, or tuned on clips, and optionally served. */
@ApiValue
@ValidationRule(
    value = "self.runNonce != oldSelf.runNonce || self.runtimeRef == oldSelf.runtimeRef",
    fieldPath = ".runtimeRef",
    message =
        "runtimeRef belongs to the run that started; raise spec.runNonce to start again with the new one")
@ValidationRule(
    value =
        "self.runNonce != oldSelf.runNonce || (has(self.dataset) == has(oldSelf.dataset) && (!has(self.dataset) || self.dataset == oldSelf.dataset))",
    message =
        "dataset belongs to the run that started; raise spec.runNonce to train again with the new clips")
@ValidationRule(
    value =
        "self.runNonce != oldSelf.runNonce || (has(self.training) == has(oldSelf.training) && (!has(self.training) || self.training == oldSelf.training))",
    message =
        "training belongs to the run that started; raise spec.runNonce to train again with the new values")
@ValidationRule(
    value = "self.runNonce >= oldSelf.runNonce",
    fieldPath = ".runNonce",
    message = "runNonce may only be raised, so that every run has a number of its own")
@ValidationRule(
    value = "!has(self.training) || has(self.dataset)",
    fieldPath = ".training",
    message =
        "training needs clips; add dataset, or remove training to use the base model as it is")
@ValidationRule(
    value =
        "!has(self.training) || !has(self.dataset) || has(self.dataset.images) || self.training.stages.all(stage, !has(stage.imageFraction) || stage.imageFraction.matches('^0([.]0+)?$'))",
    fieldPath = ".training",
    message =
        "a training stage has an imageFraction above 0, but the dataset has no pictures; add dataset.images or remove imageFraction")
public record VideoGeneratorSpec(
    @JsonPropertyDescription("The base model, image and storage to use.") @Required
        RuntimeRef runtimeRef,
    @JsonPropertyDescription("Clips to tune on. Absent: the base model is used as it is.")
        @Nullable VideoDatasetSpec dataset,
    @JsonPropertyDescription("How the model is tuned; only with dataset.")
        @Nullable VideoTrainingSpec training,
    @JsonPropertyDescription("How the model is tried and judged before it is published.")
        @Default("{}")
        VideoEvaluationSpec evaluation,
    @JsonPropertyDescription(
            "An HTTP API in front of the published model, by OpenAI's protocol: pods that stay. Absent: GenerationJobs use the model.")
        @Nullable ServingSpec serving,
    @JsonPropertyDescription("What a run may use.") @Default("{}") LimitsSpec limits,
    @JsonPropertyDescription(
            "Stop after the next checkpoint and give the GPUs back; false continues from there.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription("Raise it to start a new run with the current spec.")
        @Default("0")
        @Min(0)
        Long runNonce) {

  public VideoGeneratorSpec {
    evaluation = requireNonNullElse(evaluation, VideoEvaluationSpec.DEFAULT);
    limits = requireNonNullElse(limits, LimitsSpec.DEFAULT);
    suspend = requireNonNullElse(suspend, false);
    runNonce = requireNonNullElse(runNonce, 0L);
  }

  /**
   * What clips are where nobody says so: as evaluation tries them, else the length that the model
   * learned last, at the pace that its clips were cut to.
   */
  public VideoClip clipOrDefault() {
    if (evaluation.video() != null) {
      return evaluation.video();
    }
    if (training == null || dataset == null) {
      return VideoClip.DEFAULT;
    }
    var last = training.stages().get(training.stages().size() - 1);
    return new VideoClip(last.frames(), dataset.clip().framesPerSecond(), null);
  }

  /** An HTTP API in front of the published model. */
  @ApiValue
  public record ServingSpec(
      @JsonPropertyDescription("Pods that serve.") @Default("1") @Min(0) @Max(100) @SpecReplicas
          Integer replicas,
      @JsonPropertyDescription("APIs to offer.")
          @Default("[\"Videos\", \"Images\"]")
          @Size(min = 1, max = 2)
          List<Api> apis,
      @JsonPropertyDescription(
              "Secret with the key API_KEY, which requests then have to send as a bearer token. Absent: whoever reaches the Service may ask.")
          @Nullable SecretRef apiKeySecretRef,
      @JsonPropertyDescription("Seconds that a finished request and its files stay.")
          @Default("86400")
          @Min(60)
          @Max(315360000)
          Integer ttlSecondsAfterFinished) {

    public ServingSpec {
      replicas = requireNonNullElse(replicas, 1);
      apis = List.copyOf(requireNonNullElse(apis, List.of(Api.values())));
      ttlSecondsAfterFinished = requireNonNullElse(ttlSecondsAfterFinished, 86_400);
    }

    /** What can be asked for over HTTP. */
    public enum Api {
      Videos,
      Images
    }
  }
}
