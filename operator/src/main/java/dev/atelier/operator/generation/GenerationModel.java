package dev.atelier.operator.generation;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.Reason;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.RuntimeAccess.Obstacle;
import dev.atelier.operator.job.StageResults;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** The model that a GenerationJob draws with. */
final class GenerationModel {

  private GenerationModel() {}

  /** Name of the DiffusionRuntime behind the reference, as far as it is known. */
  static Optional<String> runtime(ModelRef reference, Optional<HeadshotModel> model) {
    return switch (reference.kind()) {
      case DiffusionRuntime -> Optional.of(reference.name());
      case HeadshotModel -> model.map(found -> found.getSpec().runtimeRef().name());
      case VideoGenerator -> Optional.empty();
    };
  }

  /** What keeps the job from starting. */
  static Optional<Obstacle> obstacle(
      GenerationJobSpec spec, GenerationObserved seen, String namespace) {
    return unsupported(spec)
        .or(() -> notReady(spec.modelRef(), seen))
        .or(
            () ->
                RuntimeAccess.obstacle(
                    runtime(spec.modelRef(), seen.model()).orElse(""), seen.runtime(), namespace));
  }

  /** The manifest by which a published model is found. */
  static Optional<ArtifactStatus> manifest(HeadshotModel model) {
    return model.getStatus() == null
        ? Optional.empty()
        : model.getStatus().artifacts().stream()
            .filter(one -> one.name().equals(StageResults.MANIFEST))
            .findFirst();
  }

  private static Optional<Obstacle> unsupported(GenerationJobSpec spec) {
    if (spec.modelRef().kind() == ModelRef.Kind.VideoGenerator || spec.video() != null) {
      return Optional.of(
          new Obstacle(Reason.NotSupported, "this release draws pictures, not clips"));
    }
    return spec.upscale().factor() > 1
        ? Optional.of(
            new Obstacle(
                Reason.NotSupported,
                "this release does not enlarge pictures; create the job with upscale.factor: 1"))
        : Optional.empty();
  }

  private static Optional<Obstacle> notReady(ModelRef reference, GenerationObserved seen) {
    if (reference.kind() != ModelRef.Kind.HeadshotModel) {
      return Optional.empty();
    }
    if (seen.model().isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reason.ModelNotReady,
              "there is no HeadshotModel '%s' in this namespace yet".formatted(reference.name())));
    }
    var model = seen.model().get();
    if (ready(model) && manifest(model).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Obstacle(
            Reason.ModelNotReady,
            "HeadshotModel '%s' is not Ready: %s".formatted(reference.name(), why(model))));
  }

  private static boolean ready(HeadshotModel model) {
    return model.getMetadata().getDeletionTimestamp() == null
        && model.getStatus() != null
        && ConditionSet.isTrue(model.getStatus().conditions(), ConditionType.Ready);
  }

  /** Not the progress, which would write this status with every step of the other. */
  private static String why(HeadshotModel model) {
    return model.getStatus() == null
        ? "nothing has been started yet"
        : ConditionSet.find(model.getStatus().conditions(), ConditionType.Ready)
            .map(Condition::getReason)
            .orElse("nothing has been started yet");
  }
}
