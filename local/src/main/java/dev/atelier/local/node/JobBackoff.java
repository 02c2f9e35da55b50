package dev.atelier.local.node;

import java.time.Duration;

/** The delay before the next pod: it doubles with every counted failure, up to six minutes. */
record JobBackoff(Duration first) {
  private static final Duration LONGEST = Duration.ofMinutes(6);

  Duration after(int failures) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration delay = first.multipliedBy(1L << Math.min(failures - 1, 20));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
