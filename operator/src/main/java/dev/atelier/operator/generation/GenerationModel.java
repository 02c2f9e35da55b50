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
import dev.atelier.operator.job.StoreRoot;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** The model that a GenerationJob draws with. */
final class GenerationModel {

  private GenerationModel() {}

  /** Name of the DiffusionRuntime behind the reference, as far as it is known. */
  static Optional<String> runtime(ModelRef reference, Optional<HeadshotModel> model) {
    if (reference.kind() == ModelRef.Kind.DiffusionRuntime) {
      return Optional.of(reference.name());
    }
    return reference.kind() == ModelRef.Kind.HeadshotModel
        ? model.map(found -> found.getSpec().runtimeRef().name())
        : Optional.empty();
  }

  /** What keeps the job from starting. */
  static Optional<Obstacle> obstacle(
      GenerationJobSpec spec, GenerationObserved seen, String namespace) {
    return unsupported(spec)
        .or(() -> notReady(spec.modelRef(), seen))
        .or(
            () ->
                RuntimeAccess.obstacle(
                    runtime(spec.modelRef(), seen.model()).orElse(""), seen.runtime(), namespace))
        .or(() -> elsewhere(spec.modelRef(), seen));
  }

  /** A model that was published to another storage than the runtime has now. */
  private static Optional<Obstacle> elsewhere(ModelRef reference, GenerationObserved seen) {
    var published = seen.model().flatMap(GenerationModel::manifest);
    var root = seen.runtime().map(runtime -> StoreRoot.of(runtime.getSpec().storage()));
    if (published.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    return root.get().path(published.get().uri()).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.ModelNotReady,
                "HeadshotModel '%s' is published at %s, outside of its runtime's storage %s; restore the storage of the runtime, or train again with a new spec.runNonce"
                    .formatted(reference.name(), published.get().uri(), root.get().uri())));
  }

  /** The manifest by which a published model is found. */
  static Optional<ArtifactStatus> manifest(HeadshotModel model) {
    return model.getStatus() == null
        ? Optional.empty()
        : model.getStatus().artifacts().stream()
            .filter(one -> one.name().equals(StageResults.MANIFEST))
            .filter(one -> one.sha256() != null)
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
