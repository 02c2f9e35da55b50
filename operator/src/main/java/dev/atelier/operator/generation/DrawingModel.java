package dev.atelier.operator.generation;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.StageResults;
import dev.atelier.stage.Subject;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A resource that a GenerationJob draws with, as far as the job cares.
 *
 * @param runtime name of its DiffusionRuntime
 * @param subject the person that it draws, if it draws one
 * @param tuned whether it has weights of its own; without, the runtime's base model draws
 * @param leaving whether it is being deleted
 * @param consentEnds until when the person agreed, if it draws one and there is an end
 */
record DrawingModel(
    ModelRef.Kind kind,
    String name,
    String uid,
    String runtime,
    Optional<Subject> subject,
    boolean tuned,
    boolean leaving,
    Optional<Instant> consentEnds,
    List<Condition> conditions,
    List<ArtifactStatus> artifacts) {

  static DrawingModel of(HeadshotModel model) {
    var spec = model.getSpec();
    var status = model.getStatus();
    return new DrawingModel(
        ModelRef.Kind.HeadshotModel,
        model.getMetadata().getName(),
        model.getMetadata().getUid(),
        spec.runtimeRef().name(),
        Optional.of(new Subject(spec.subject().className(), spec.subject().token())),
        true,
        model.getMetadata().getDeletionTimestamp() != null,
        Optional.ofNullable(spec.subject().consent().expiresAt()),
        status == null ? List.of() : status.conditions(),
        status == null ? List.of() : status.artifacts());
  }

  static DrawingModel of(VideoGenerator video) {
    var status = video.getStatus();
    return new DrawingModel(
        ModelRef.Kind.VideoGenerator,
        video.getMetadata().getName(),
        video.getMetadata().getUid(),
        video.getSpec().runtimeRef().name(),
        Optional.empty(),
        video.getSpec().training() != null,
        video.getMetadata().getDeletionTimestamp() != null,
        Optional.empty(),
        status == null ? List.of() : status.conditions(),
        status == null ? List.of() : status.artifacts());
  }

  /** Whether it can draw now. */
  boolean ready() {
    return !leaving
        && ConditionSet.isTrue(conditions, ConditionType.Ready)
        && (!tuned || manifest().isPresent());
  }

  /** The manifest by which its published weights are found. */
  Optional<ArtifactStatus> manifest() {
    return StageResults.manifest(artifacts);
  }

  /** Why it is not ready; not the progress, which would write a job's status with every step. */
  String why() {
    return ConditionSet.find(conditions, ConditionType.Ready)
        .map(Condition::getReason)
        .orElse("nothing has been started yet");
  }
}
