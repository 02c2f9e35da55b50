package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What the API asks before it stores a custom resource: defaults, schema and rules. Built-in kinds
 * are not asked about.
 */
@FunctionalInterface
public interface ResourceAdmission {
  /**
   * Judges one write.
   *
   * @param object the object as it would be stored, with defaults missing
   * @param previous the stored object, empty on create
   */
  Verdict admit(ObjectNode object, Optional<ObjectNode> previous);

  /** Admits everything as it is. */
  static ResourceAdmission always() {
    return (object, previous) -> new Verdict(object, List.of(), List.of());
  }

  /**
   * The answer.
   *
   * @param object the object with defaults, stored when there are no errors
   * @param errors why it is refused (HTTP 422)
   * @param warnings handed to the client as {@code Warning} headers
   */
  record Verdict(ObjectNode object, List<FieldError> errors, List<String> warnings) {}

  /**
   * One wrong field.
   *
   * @param reason a cause type of {@code metav1.StatusCause}, for example {@code FieldValueInvalid}
   * @param field path as kube-apiserver writes it, for example {@code spec.photos.min}
   * @param message for example {@code Invalid value: 3: should be greater than or equal to 5}
   */
  record FieldError(String reason, String field, String message) {}
}
