package dev.atelier.operator.run;

import dev.atelier.api.RunStatus;
import org.jspecify.annotations.Nullable;

/** What the status says was used. */
public final class RunUsage {

  private RunUsage() {}

  /** GPU seconds of the run so far; an earlier run had a budget of its own. */
  public static long gpuSeconds(@Nullable StagedStatus status, RunStatus run) {
    if (status == null || status.usage() == null || status.run() == null) {
      return 0;
    }
    return status.run().id().equals(run.id()) ? status.usage().gpuSeconds() : 0;
  }
}
