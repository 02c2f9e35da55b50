package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.stage.Progress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is there for a GenerationJob, read from caches only.
 *
 * @param model the HeadshotModel that it refers to, if it refers to one
 */
record GenerationObserved(
    Optional<DiffusionRuntime> runtime, Optional<HeadshotModel> model, JobsSeen jobs) {

  static GenerationObserved from(Context<GenerationJob> context, Map<String, Progress> progress) {
    return new GenerationObserved(
        context.getSecondaryResource(DiffusionRuntime.class),
        context.getSecondaryResource(HeadshotModel.class),
        new JobsSeen(
            List.copyOf(context.getSecondaryResources(Job.class)),
            List.copyOf(context.getSecondaryResources(Pod.class)),
            progress));
  }
}
