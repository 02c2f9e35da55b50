package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A printer column of a CRD.
 *
 * @param type {@code string}, {@code integer}, {@code date}, ...
 * @param path JSONPath from the resource's root
 */
public record Column(String name, String type, String path) {

  /** Reads an entry of {@code additionalPrinterColumns}. */
  public static Column of(JsonNode node) {
    return new Column(
        node.path("name").asText(), node.path("type").asText(), node.path("jsonPath").asText());
  }

  /** The cell: empty where the value is missing, the age for a date. */
  public String cell(Resource resource, Instant now) {
    var node = JsonPath.find(resource.body(), path);
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    if (type.equals("date")) {
      return age(node.asText(), now);
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }

  private static String age(String time, Instant now) {
    try {
      return Durations.age(Duration.between(Instant.parse(time), now));
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
  }
}
