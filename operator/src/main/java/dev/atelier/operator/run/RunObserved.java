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
 */
public record RunObserved(
    Optional<DiffusionRuntime> runtime, Optional<DiffusionRuntime> home, JobsSeen jobs) {

  static RunObserved from(Staged model, Context<?> context, JobsSeen jobs) {
    var runtime = RuntimeSources.named(model.spec().runtime(), context);
    return new RunObserved(
        runtime,
        homeOf(model).map(name -> RuntimeSources.named(name, context)).orElse(runtime),
        jobs);
  }

  private static Optional<String> homeOf(Staged model) {
    return Optional.ofNullable(model.status()).map(status -> status.run()).map(RunStatus::runtime);
  }
}
