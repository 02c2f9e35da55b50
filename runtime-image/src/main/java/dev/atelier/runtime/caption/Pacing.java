package dev.atelier.runtime.caption;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Keeps requests to a server apart. */
public final class Pacing {

  private final Clock clock;
  private final Duration gap;
  private final Pause pause;
  private Instant free = Instant.MIN;

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns when so much time has passed. */
    void of(Duration length);
  }

  /**
   * @param perMinute requests at most
   * @param pause how to wait
   */
  public Pacing(int perMinute, Clock clock, Pause pause) {
    this.gap = Duration.ofMinutes(1).dividedBy(perMinute);
    this.clock = clock;
    this.pause = pause;
  }

  /** Really waits. */
  public static Pause waiting() {
    return length ->
        CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS))
            .join();
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
