package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** {@code status.run.retries} as text: how many, why, and when the next try begins. */
final class RetriesText {

  private RetriesText() {}

  /** The text, or empty as long as no try failed. */
  static Optional<String> of(JsonNode run, Instant now) {
    var retries = run.path("retries");
    if (retries.path("failed").asInt() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "failed tries: %d, retries: %d"
                .formatted(retries.path("failed").asInt(), retries.path("limit").asInt())
            + part("; the last: ", retries.path("lastReason").asText())
            + part(", ", retries.path("lastMessage").asText())
            + Condition.time(retries.path("nextAt").asText())
                .map(at -> "; next try " + when(Duration.between(now, at)))
                .orElse(""));
  }

  private static String part(String before, String text) {
    return text.isEmpty() ? "" : before + text.lines().findFirst().orElse("");
  }

  private static String when(Duration left) {
    return left.toSeconds() > 0 ? "in " + Durations.words(left) : "now";
  }
}
