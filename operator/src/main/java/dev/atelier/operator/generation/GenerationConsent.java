package dev.atelier.operator.generation;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.ModelRef;
import dev.atelier.api.RunStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the person whom a job draws still agrees. A HeadshotModel carries the consent: it ends on
 * its day, and with the resource. What draws nobody in particular needs none.
 */
final class GenerationConsent {

  private GenerationConsent() {}

  /** Why nothing of the person may stay of a run that started; empty while they agree. */
  static Optional<String> ended(
      GenerationJobSpec spec, RunStatus run, Optional<DrawingModel> model, Instant now) {
    var reference = spec.modelRef();
    if (reference == null || reference.kind() != ModelRef.Kind.HeadshotModel) {
      return Optional.empty();
    }
    return model.filter(found -> !found.leaving()).filter(found -> drewWith(run, found)).isEmpty()
        ? Optional.of(
            "%s '%s' is deleted, and the consent with it"
                .formatted(reference.kind(), reference.name()))
        : model.flatMap(found -> expired(found, now));
  }

  /** That the day has come on which the consent ends. */
  static Optional<String> expired(DrawingModel model, Instant now) {
    return model
        .consentEnds()
        .filter(end -> !now.isBefore(end))
        .map(
            end -> "the consent of %s '%s' ended on %s".formatted(model.kind(), model.name(), end));
  }

  /** How long it still holds; empty without an end, or past it. */
  static Optional<Duration> left(Optional<DrawingModel> model, Instant now) {
    return model
        .flatMap(DrawingModel::consentEnds)
        .filter(now::isBefore)
        .map(end -> Duration.between(now, end));
  }

  /**
   * Why an erasure is under way that once began: neither a renewed consent nor a new model of the
   * same name brings back what is half gone.
   */
  static Optional<String> erasing(@Nullable GenerationJobStatus status) {
    return underWay(status).map(Condition::getMessage);
  }

  /** When that erasure began. */
  static Optional<Instant> erasingSince(@Nullable GenerationJobStatus status) {
    return underWay(status).map(Condition::getLastTransitionTime).map(Instant::parse);
  }

  /** Whether everything is erased. */
  static boolean erased(@Nullable GenerationJobStatus status) {
    return status != null && ConditionSet.isTrue(status.conditions(), ConditionType.PicturesErased);
  }

  private static Optional<Condition> underWay(@Nullable GenerationJobStatus status) {
    return Optional.ofNullable(status)
        .flatMap(known -> ConditionSet.find(known.conditions(), ConditionType.PicturesErased))
        .filter(known -> !"True".equals(known.getStatus()));
  }

  /** Runs of an earlier release do not say with which model; its name is all there is. */
  private static boolean drewWith(RunStatus run, DrawingModel model) {
    return run.modelUid() == null || run.modelUid().equals(model.uid());
  }
}
