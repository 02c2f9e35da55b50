package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.RuntimeSources;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is there for a HeadshotModel, read from caches only.
 *
 * @param runtime that the spec names
 * @param home the runtime whose storage holds the files of the run in the status; the same one
 *     unless the spec names another for the next run
 */
record HeadshotObserved(
    Optional<DiffusionRuntime> runtime, Optional<DiffusionRuntime> home, JobsSeen jobs) {

  static HeadshotObserved from(HeadshotModel model, Context<HeadshotModel> context, JobsSeen jobs) {
    var runtime = RuntimeSources.named(model.getSpec().runtimeRef().name(), context);
    return new HeadshotObserved(
        runtime,
        homeOf(model).map(name -> RuntimeSources.named(name, context)).orElse(runtime),
        jobs);
  }

  /** Names of the runtimes that matter to a model. */
  static Set<String> runtimesOf(HeadshotModel model) {
    return Stream.concat(
            Stream.ofNullable(model.getSpec())
                .flatMap(spec -> Stream.ofNullable(spec.runtimeRef()))
                .flatMap(reference -> Stream.ofNullable(reference.name())),
            homeOf(model).stream())
        .collect(Collectors.toSet());
  }

  private static Optional<String> homeOf(HeadshotModel model) {
    return Optional.ofNullable(model.getStatus())
        .map(status -> status.run())
        .map(RunStatus::runtime);
  }
}
