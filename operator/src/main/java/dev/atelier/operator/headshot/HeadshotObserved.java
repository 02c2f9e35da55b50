package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.stage.Progress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is there for a HeadshotModel, read from caches only. */
record HeadshotObserved(Optional<DiffusionRuntime> runtime, JobsSeen jobs) {

  static HeadshotObserved from(Context<HeadshotModel> context, Map<String, Progress> progress) {
    return new HeadshotObserved(
        context.getSecondaryResource(DiffusionRuntime.class),
        new JobsSeen(
            List.copyOf(context.getSecondaryResources(Job.class)),
            List.copyOf(context.getSecondaryResources(Pod.class)),
            progress));
  }
}
