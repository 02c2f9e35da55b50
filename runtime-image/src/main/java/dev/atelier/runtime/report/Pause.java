package dev.atelier.runtime.report;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

  /** Returns when so much time has passed. */
  void of(Duration length);

  /** Really waits. */
  static Pause waiting() {
    return length ->
        CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(length.toMillis(), TimeUnit.MILLISECONDS))
            .join();
  }
}
