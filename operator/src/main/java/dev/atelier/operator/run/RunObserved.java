package dev.atelier.operator.run;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.RuntimeSources;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * What is there for a run, read from caches only.
 *
 * @param runtime that the spec names
 * @param home the runtime whose storage holds the files of the run in the status; the same one
 *     unless the spec names another for the next run
 * @param jobSets whether the cluster has JobSet; asked only where it is needed
 */
public record RunObserved(
    Optional<DiffusionRuntime> runtime,
    Optional<DiffusionRuntime> home,
    JobsSeen jobs,
    boolean jobSets) {

  static RunObserved from(Staged model, Context<?> context, JobsSeen jobs, boolean jobSets) {
    var runtime = RuntimeSources.named(model.spec().runtime(), context);
    return new RunObserved(
        runtime,
        homeOf(model).map(name -> RuntimeSources.named(name, context)).orElse(runtime),
        jobs,
        jobSets);
  }

  private static Optional<String> homeOf(Staged model) {
    return Optional.ofNullable(model.status()).map(status -> status.run()).map(RunStatus::runtime);
  }
}
