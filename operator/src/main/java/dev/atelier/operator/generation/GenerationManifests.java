package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.stage.Stage;
import java.util.Optional;

/** The children of a GenerationJob. */
final class GenerationManifests {

  private GenerationManifests() {}

  /**
   * The children of the job's one stage.
   *
   * @param model what draws, or empty for the base model
   * @param image of the pod
   */
  static StageChildren of(
      GenerationJob job,
      Optional<DrawingModel> model,
      RuntimeSpec runtime,
      RunStatus run,
      String image) {
    var spec = job.getSpec();
    var mounts = new Mounts(runtime.storage());
    var storage = mounts.storage();
    var runtimeName = GenerationModel.runtime(spec.modelRef(), model).orElseThrow();
    var inputs = new RuntimeInputs(runtimeName, runtime, mounts);
    return StageManifests.of(
        new StageRequest(
            StageKey.of(Owner.of(job), Stage.SAMPLE, run),
            image,
            runtime,
            spec.limits(),
            new GenerationInputs(spec, model, runtime, storage, inputs, mounts).sample(),
            storage,
            mounts,
            spec.parallelism(),
            StageGpus.of(Stage.SAMPLE, runtime),
            spec.limits().activeDeadlineSeconds(),
            true));
  }
}
