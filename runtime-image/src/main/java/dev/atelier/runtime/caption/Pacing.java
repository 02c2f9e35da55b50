package dev.atelier.runtime.caption;

import dev.atelier.runtime.report.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps requests to a server apart. */
public final class Pacing {

  private final Clock clock;
  private final Duration gap;
  private final Pause pause;
  private Instant free = Instant.MIN;

  /**
   * @param perMinute requests at most
   * @param pause how to wait
   */
  public Pacing(int perMinute, Clock clock, Pause pause) {
    this.gap = Duration.ofMinutes(1).dividedBy(perMinute);
    this.clock = clock;
    this.pause = pause;
  }

  /** Waits until the next request may go out. */
  void next() {
    var now = clock.instant();
    if (free.isAfter(now)) {
      pause.of(Duration.between(now, free));
      now = free;
    }
    free = now.plus(gap);
  }

  /** Waits, because the server asked for it or failed. */
  void rest(Duration length) {
    pause.of(length);
  }
}
