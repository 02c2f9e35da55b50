package dev.atelier.runtime.report;

import dev.atelier.runtime.StageFailure;
import java.util.Optional;

/** Whether the stage was asked to stop; checked between steps. */
public final class StopRequest {

  private final Optional<StopRequest> whole;
  private volatile String reason = "";

  /** One of its own. */
  public StopRequest() {
    this(Optional.empty());
  }

  private StopRequest(Optional<StopRequest> whole) {
    this.whole = whole;
  }

  /** One for a part of the work, which also stops when the whole does. */
  public StopRequest part() {
    return new StopRequest(Optional.of(this));
  }

  /** Asks to stop; the first reason counts. */
  public synchronized void stop(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  /** Whether somebody asked to stop. */
  public boolean requested() {
    return !reason().isEmpty();
  }

  /** Why, or an empty text. */
  public String reason() {
    return reason.isEmpty() ? whole.map(StopRequest::reason).orElse("") : reason;
  }

  /** Ends a stage that has nothing to save when it was asked to stop. */
  public void check() {
    if (requested()) {
      throw new StageFailure.Checkpointed(
          "stopped (%s) before the stage was done; it starts again".formatted(reason()));
    }
  }
}
