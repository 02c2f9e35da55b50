package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.RuntimeSources;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * What is there for a GenerationJob, read from caches only.
 *
 * @param model what it draws with, if that is more than a runtime
 */
record GenerationObserved(
    Optional<DiffusionRuntime> runtime, Optional<DrawingModel> model, JobsSeen jobs) {

  static GenerationObserved of(
      GenerationJob job,
      Optional<DrawingModel> model,
      JobsSeen jobs,
      Context<GenerationJob> context) {
    return new GenerationObserved(
        runtimeOf(job, model).flatMap(name -> RuntimeSources.named(name, context)), model, jobs);
  }

  /**
   * The runtime that the job draws with: once it has started the one it started with, because that
   * one's storage holds its pictures, whatever becomes of the model.
   */
  static Optional<String> runtimeOf(GenerationJob job, Optional<DrawingModel> model) {
    return Optional.ofNullable(job.getStatus())
        .map(status -> status.run())
        .map(RunStatus::runtime)
        .or(() -> Optional.ofNullable(job.getSpec()).flatMap(spec -> named(spec, model)));
  }

  private static Optional<String> named(GenerationJobSpec spec, Optional<DrawingModel> model) {
    var reference = spec.modelRef();
    return reference == null ? Optional.empty() : GenerationModel.runtime(reference, model);
  }
}
