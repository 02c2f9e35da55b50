package dev.atelier.operator.run;

import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.JobsSeen;

/** Keeps the failed tries of a run's stage as its Job knows them: it is what tries again. */
record RunTries(Staged model, JobsSeen seen) {

  /** The run with the tries of the stage that it is at. */
  RunStatus of(RunStatus run) {
    var job = model.spec().key(model.owner(), run).jobName();
    return run.tried(seen.retries(job).orElse(null));
  }
}
