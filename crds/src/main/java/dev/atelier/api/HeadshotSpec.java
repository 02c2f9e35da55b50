package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** What a user asks for: a personal portrait model of one person. */
@ApiValue
@ValidationRule(
    value = "self.runNonce != oldSelf.runNonce || self.runtimeRef == oldSelf.runtimeRef",
    fieldPath = ".runtimeRef",
    message =
        "runtimeRef belongs to the run that started; raise spec.runNonce to train again with the new one")
@ValidationRule(
    value =
        "self.runNonce != oldSelf.runNonce || (self.subject.className == oldSelf.subject.className && self.subject.token == oldSelf.subject.token)",
    fieldPath = ".subject",
    message =
        "subject belongs to the run that started; raise spec.runNonce to train again with the new one (consent may change at any time)")
@ValidationRule(
    value = "self.runNonce != oldSelf.runNonce || self.photos.source == oldSelf.photos.source",
    fieldPath = ".photos.source",
    message =
        "photos.source belongs to the run that started; raise spec.runNonce to train again with the new photos")
@ValidationRule(
    value = "self.runNonce != oldSelf.runNonce || self.training == oldSelf.training",
    fieldPath = ".training",
    message =
        "training belongs to the run that started; raise spec.runNonce to train again with the new values")
@ValidationRule(
    value = "self.runNonce >= oldSelf.runNonce",
    fieldPath = ".runNonce",
    message = "runNonce may only be raised, so that every run has a number of its own")
public record HeadshotSpec(
    @JsonPropertyDescription("The base model, image and storage to use.") @Required
        RuntimeRef runtimeRef,
    @JsonPropertyDescription("Who the photos show.") @Required SubjectSpec subject,
    @JsonPropertyDescription("The photos of the person.") @Required PhotosSpec photos,
    @JsonPropertyDescription("How the model is tuned.") @Default("{}") TrainingSpec training,
    @JsonPropertyDescription("How the tuned model is tried and judged before it is published.")
        @Default("{}")
        EvaluationSpec evaluation,
    @JsonPropertyDescription("How long personal data is kept.") @Default("{}")
        RetentionSpec retention,
    @JsonPropertyDescription("What a run may use.") @Default("{}") LimitsSpec limits,
    @JsonPropertyDescription(
            "Stop after the next checkpoint and give the GPU back; false continues from there.")
        @Default("false")
        Boolean suspend,
    @JsonPropertyDescription("Raise it to start a new run with the current spec.")
        @Default("0")
        @Min(0)
        Long runNonce) {

  public HeadshotSpec {
    training = requireNonNullElse(training, TrainingSpec.DEFAULT);
    evaluation = requireNonNullElse(evaluation, EvaluationSpec.DEFAULT);
    retention = requireNonNullElse(retention, RetentionSpec.DEFAULT);
    limits = requireNonNullElse(limits, LimitsSpec.DEFAULT);
    suspend = requireNonNullElse(suspend, false);
    runNonce = requireNonNullElse(runNonce, 0L);
  }

  /** With the texts filled in that follow from the subject's class noun. */
  public HeadshotSpec withDefaults() {
    return new HeadshotSpec(
        runtimeRef,
        subject,
        photos,
        training.forClass(subject.className()),
        evaluation,
        retention,
        limits,
        suspend,
        runNonce);
  }
}
