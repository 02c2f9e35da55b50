package dev.atelier.operator.serving;

import dev.atelier.api.VideoClip;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorSpec.ServingSpec;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.ServeInput;
import dev.atelier.stage.StoreLocation;

/** What pods that serve are told to do. */
record ServingInputs(VideoGeneratorSpec spec, ServingSpec serving) {

  /**
   * The input of the stage.
   *
   * @param storage of the runtime, mounted
   */
  ServeInput of(ServedModel model, RuntimeInputs inputs, Mounts mounts, StoreLocation storage) {
    var clip = spec.clipOrDefault();
    return new ServeInput(
        inputs.model(),
        model.manifest().map(manifest -> inputs.tuned(manifest, storage)).orElse(null),
        serving.apis().stream().map(Enum::name).toList(),
        mounts.secret("serving", serving.apiKeySecretRef()),
        RuntimeInputs.sampler(spec.evaluation().sampler()),
        // First frames of the evaluation are no request's.
        inputs.clip(new VideoClip(clip.frames(), clip.framesPerSecond(), null), 1),
        serving.ttlSecondsAfterFinished(),
        inputs.perception());
  }
}
