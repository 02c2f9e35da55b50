package dev.atelier.runtime.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request and how far it is.
 *
 * @param claim absent once the outcome is known
 */
record Tracked(Accepted accepted, Optional<Claim> claim, Optional<Outcome> outcome) {

  /** The protocol's words. */
  enum Status {
    queued,
    in_progress,
    completed,
    failed
  }

  Status status(Instant now, Duration stale) {
    return outcome
        .map(known -> known.failure() == null ? Status.completed : Status.failed)
        .orElseGet(
            () ->
                claim.filter(one -> one.held(now, stale)).isPresent()
                    ? Status.in_progress
                    : Status.queued);
  }

  int progress() {
    return outcome
        .map(known -> known.failure() == null ? 100 : 0)
        .orElseGet(() -> claim.map(Claim::progress).orElse(0));
  }
}
