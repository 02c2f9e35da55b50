package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.ModelRef;
import dev.atelier.api.Reason;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.GateBounds;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.RuntimeAccess.Obstacle;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.operator.job.VideoSampler;
import java.util.Optional;

/** The model that a GenerationJob draws with. */
final class GenerationModel {

  private GenerationModel() {}

  /** Name of the DiffusionRuntime behind the reference, as far as it is known. */
  static Optional<String> runtime(ModelRef reference, Optional<DrawingModel> model) {
    return reference.kind() == ModelRef.Kind.DiffusionRuntime
        ? Optional.of(reference.name())
        : model.map(DrawingModel::runtime);
  }

  /** Whether clips are drawn rather than pictures: a video model draws nothing else. */
  static boolean clips(GenerationJobSpec spec, RuntimeSpec runtime) {
    return switch (spec.modelRef().kind()) {
      case HeadshotModel -> false;
      case VideoGenerator -> true;
      case DiffusionRuntime -> runtime.model().family() == RuntimeSpec.BaseModel.Family.Wan;
    };
  }

  /** What keeps the job from starting. */
  static Optional<Obstacle> obstacle(
      GenerationJobSpec spec, GenerationObserved seen, String namespace) {
    return notReady(spec.modelRef(), seen)
        .or(
            () ->
                RuntimeAccess.obstacle(
                    runtime(spec.modelRef(), seen.model()).orElse(""), seen.runtime(), namespace))
        .or(() -> seen.runtime().flatMap(runtime -> unsupported(spec, runtime.getSpec())))
        .or(
            () ->
                seen.runtime()
                    .flatMap(
                        runtime ->
                            GateBounds.obstacle(
                                spec.evaluation().gate(), runtime.getSpec().perception())))
        .or(() -> elsewhere(seen));
  }

  /** A model that was published to another storage than the runtime has now. */
  private static Optional<Obstacle> elsewhere(GenerationObserved seen) {
    var model = seen.model().filter(DrawingModel::tuned);
    var published = model.flatMap(DrawingModel::manifest);
    var root = seen.runtime().map(runtime -> StoreRoot.of(runtime.getSpec().storage()));
    if (published.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    return root.get().path(published.get().uri()).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.ModelNotReady,
                "%s '%s' is published at %s, outside of its runtime's storage %s; restore the storage of the runtime, or train again with a new spec.runNonce"
                    .formatted(
                        model.get().kind(),
                        model.get().name(),
                        published.get().uri(),
                        root.get().uri())));
  }

  /** What this release does not draw; of the runtime as it is now. */
  private static Optional<Obstacle> unsupported(GenerationJobSpec spec, RuntimeSpec runtime) {
    boolean clips = clips(spec, runtime);
    if (!clips && spec.video() != null) {
      return Optional.of(
          new Obstacle(
              Reason.NotSupported,
              "the model draws pictures, not clips; create the job without video, or with a VideoGenerator or a DiffusionRuntime of the family Wan"));
    }
    if (clips && spec.imageToImage() != null) {
      return Optional.of(
          new Obstacle(
              Reason.NotSupported,
              "the model draws clips, not pictures; create the job without imageToImage, or begin its clips with video.firstFrames"));
    }
    var skipping = VideoSampler.refused(spec.sampler(), "create the job without sampler.clipSkip");
    if (clips && skipping.isPresent()) {
      return skipping.map(why -> new Obstacle(Reason.NotSupported, why));
    }
    if (spec.upscale().factor() == 1) {
      return Optional.empty();
    }
    return runtime.upscaler() == null
        ? Optional.of(
            new Obstacle(
                Reason.RuntimeNotReady,
                "upscale.factor %d needs a network that enlarges; set spec.upscaler of the DiffusionRuntime, or create the job with upscale.factor: 1"
                    .formatted(spec.upscale().factor())))
        : Optional.empty();
  }

  private static Optional<Obstacle> notReady(ModelRef reference, GenerationObserved seen) {
    if (reference.kind() == ModelRef.Kind.DiffusionRuntime) {
      return Optional.empty();
    }
    if (seen.model().isEmpty()) {
      return Optional.of(
          new Obstacle(
              Reason.ModelNotReady,
              "there is no %s '%s' in this namespace yet"
                  .formatted(reference.kind(), reference.name())));
    }
    return seen.model().get().ready()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                Reason.ModelNotReady,
                "%s '%s' is not Ready: %s"
                    .formatted(reference.kind(), reference.name(), seen.model().get().why())));
  }
}
