package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The verdict on a resource.
 *
 * @param object the resource as it is stored: pruned and completed
 * @param errors why it is refused, in the API server's words; empty if it is admitted
 * @param warnings what was dropped or looks wrong
 */
public record AdmissionResult(JsonNode object, List<String> errors, List<String> warnings) {

  public AdmissionResult {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** Whether the resource may be stored. */
  public boolean admitted() {
    return errors.isEmpty();
  }
}
