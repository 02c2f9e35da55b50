package dev.atelier.operator.runtime;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.VideoGenerator;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/**
 * Who uses a DiffusionRuntime.
 *
 * @param users HeadshotModels, VideoGenerators and GenerationJobs that name it
 */
record RuntimeObserved(int users) {

  static RuntimeObserved from(Context<DiffusionRuntime> context) {
    return new RuntimeObserved(
        context.getSecondaryResources(HeadshotModel.class).size()
            + context.getSecondaryResources(VideoGenerator.class).size()
            + context.getSecondaryResources(GenerationJob.class).size());
  }
}
