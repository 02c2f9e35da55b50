package dev.atelier.runtime.report;

import dev.atelier.runtime.StageFailure;

/** Whether the stage was asked to stop; checked between steps. */
public final class StopRequest {

  private volatile String reason = "";

  /** Asks to stop; the first reason counts. */
  public synchronized void stop(String why) {
    if (!requested()) {
      reason = why;
    }
  }

  /** Whether somebody asked to stop. */
  public boolean requested() {
    return !reason.isEmpty();
  }

  /** Why, or an empty text. */
  public String reason() {
    return reason;
  }

  /** Ends a stage that has nothing to save when it was asked to stop. */
  public void check() {
    if (requested()) {
      throw new StageFailure.Checkpointed(
          "stopped (%s) before the stage was done; it starts again".formatted(reason()));
    }
  }
}
