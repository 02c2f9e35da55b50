package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.RunStatus;
import org.jspecify.annotations.Nullable;

/** What the status says was used. */
final class HeadshotUsage {

  private HeadshotUsage() {}

  /** GPU seconds of the run so far; an earlier run had a budget of its own. */
  static long gpuSeconds(@Nullable HeadshotStatus status, RunStatus run) {
    if (status == null || status.usage() == null || status.run() == null) {
      return 0;
    }
    return status.run().id().equals(run.id()) ? status.usage().gpuSeconds() : 0;
  }
}
