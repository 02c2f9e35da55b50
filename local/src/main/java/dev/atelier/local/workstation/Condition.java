package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A condition of a resource's status, as {@code metav1.Condition}.
 *
 * @param observedGeneration the generation it speaks about, 0 where it does not say
 */
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    Optional<Instant> since,
    long observedGeneration) {

  static Condition of(JsonNode node) {
    return new Condition(
        node.path("type").asText(),
        node.path("status").asText("Unknown"),
        node.path("reason").asText(),
        node.path("message").asText(),
        time(node.path("lastTransitionTime").asText()),
        node.path("observedGeneration").asLong());
  }

  /** Whether the condition holds. */
  public boolean isTrue() {
    return status.equals("True");
  }

  /** The message, with the command of a workstation where it names the one of a cluster. */
  public String hint() {
    return message.replace("kubectl ", "./atelier ");
  }

  /** A time as the API writes it, or empty where the text is none. */
  public static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
