package dev.atelier.operator.testing;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Leaving;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Optional;

/** Takes leave of a resource as the operator does, on Jobs without a cluster. */
public record Departure(FakeJobs jobs, JobsSeen seen, Optional<DiffusionRuntime> home) {

  /**
   * One step.
   *
   * @param started whether anything may have been written
   * @return whether the resource is gone
   */
  public boolean step(HasMetadata resource, boolean started, Duration pause) {
    var next =
        Leaving.next(
            resource, started, seen, home.map(DiffusionRuntime::getSpec), pause, seen.now());
    if (next instanceof Leaving.Erasing erasing) {
      jobs.take(erasing.step(), seen, erasing.key(), home);
      return erasing.step() instanceof Erasure.Done;
    }
    return !(next instanceof Leaving.Homeless);
  }
}
