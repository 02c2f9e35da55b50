package dev.atelier.runtime.serve;

import java.time.Duration;

/**
 * How long what takes.
 *
 * @param poll between two looks at the store for what other replicas did
 * @param renew between two signs of life of who draws a request
 * @param stale without a sign of life, whoever drew a request is taken for dead
 * @param keep how long a finished request and its files stay
 */
public record ServeTimes(Duration poll, Duration renew, Duration stale, Duration keep) {

  /** The usual ones. */
  public static ServeTimes keeping(Duration keep) {
    return new ServeTimes(
        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(60), keep);
  }
}
