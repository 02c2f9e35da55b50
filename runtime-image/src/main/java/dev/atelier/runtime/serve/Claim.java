package dev.atelier.runtime.serve;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who draws a request now. Two that claim the same one draw the same bytes, so that a claim need
 * not be exclusive; it only spares work.
 *
 * @param owner absent where the request waits
 * @param renewedAt when the owner was last heard of
 * @param attempts how often it was begun, but not given back
 * @param progress in percent
 */
record Claim(@Nullable String owner, @Nullable Instant renewedAt, int attempts, int progress) {

  /** Of a request that nobody has begun. */
  static final Claim NONE = new Claim(null, null, 0, 0);

  /** Whether somebody is heard of who draws it. */
  boolean held(Instant now, Duration stale) {
    return owner != null && renewedAt != null && now.isBefore(renewedAt.plus(stale));
  }

  boolean ownedBy(String somebody) {
    return somebody.equals(owner);
  }

  /** Begun by somebody. */
  Claim begun(String by, Instant now) {
    return new Claim(by, now, attempts + 1, 0);
  }

  /** Still drawn. */
  Claim renewed(Instant now, int percent) {
    return new Claim(owner, now, attempts, percent);
  }

  /** Left in good order: that is no failed attempt. */
  Claim givenBack() {
    return new Claim(null, null, attempts - 1, 0);
  }
}
