package dev.atelier.operator.run;

import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Leftovers;
import dev.atelier.operator.run.RunDecision.Rest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a run no longer needs: Jobs of its earlier stages and attempts, and of earlier runs. */
public final class RunLeftovers {

  private RunLeftovers() {}

  /**
   * As the status was before the decision: what is being read now stays until that is on record.
   */
  public static Leftovers of(Staged model, RunObserved seen, RunDecision decision, Instant now) {
    return Leftovers.of(seen.jobs(), read(model, decision), seen.home(), now);
  }

  private static Set<String> read(Staged model, RunDecision decision) {
    var status = model.status();
    var run = status == null ? null : status.run();
    return run == null || decision instanceof Rest
        ? Set.of()
        : Leftovers.read(model.owner(), run, model.spec().key(model.owner(), run));
  }

  /**
   * The Job of the stage that a run is at, where it was stopped: no Job is left by which its stage
   * file and policy could be found later.
   */
  static Optional<String> stopped(Staged model, JobsSeen seen) {
    var status = model.status();
    return Optional.ofNullable(status == null ? null : status.run())
        .map(run -> model.spec().key(model.owner(), run).jobName())
        .filter(job -> seen.job(job).isEmpty());
  }
}
