package dev.atelier.local.node;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as {@code metav1.Time} writes them: whole seconds. */
final class Times {
  private Times() {}

  static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
