package dev.atelier.operator.run;

import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StageRequest;
import io.fabric8.kubernetes.client.CustomResource;

/** The children of the stage that a run is at, whatever its kind. */
public final class RunManifests {

  private RunManifests() {}

  /**
   * The children of the run's stage.
   *
   * @param gpuSecondsUsed by the run so far
   * @param image of the pod
   */
  public static <P extends CustomResource<?, ?>> StageChildren of(
      StagedKind<P, ?> kind,
      P resource,
      RuntimeSpec runtime,
      RunStatus run,
      long gpuSecondsUsed,
      String image) {
    var staged = kind.of(resource);
    var spec = staged.spec();
    var stage = spec.stage(run);
    int gpus = spec.gpus(stage, runtime);
    var mounts = new Mounts(runtime.storage());
    var storage = mounts.storage();
    var inputs = new RuntimeInputs(spec.runtime(), runtime, mounts);
    return StageManifests.of(
        new StageRequest(
            spec.key(staged.owner(), run),
            image,
            runtime,
            spec.limits(),
            kind.input(resource, stage, run, inputs, mounts),
            storage,
            mounts,
            kind.shards(resource, stage),
            gpus,
            StageGpus.deadline(gpus * spec.nodes(stage), spec.limits(), gpuSecondsUsed),
            true));
  }
}
