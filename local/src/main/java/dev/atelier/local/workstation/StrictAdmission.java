package dev.atelier.local.workstation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.admission.Admission;
import dev.atelier.local.cluster.ResourceAdmission;
import java.util.List;
import java.util.Optional;

/**
 * Defaults, schema and rules of the CRDs at the door of the embedded API. An unknown field is
 * refused, as {@code kubectl apply} asks a real API server to do.
 */
public final class StrictAdmission implements ResourceAdmission {

  private final Admission admission = Admission.strict();

  @Override
  public Verdict admit(ObjectNode object, Optional<ObjectNode> previous) {
    var result = admission.admit(object, previous.orElse(null));
    return new Verdict(
        (ObjectNode) result.object(),
        result.errors().stream().map(StrictAdmission::fieldError).toList(),
        List.copyOf(result.warnings()));
  }

  /** Splits {@code spec.photos.min: Invalid value: 3: should be ...} into its parts. */
  private static FieldError fieldError(String error) {
    int colon = error.indexOf(": ");
    boolean named = colon > 0 && error.indexOf(' ') > colon;
    var field = named ? error.substring(0, colon) : "<nil>";
    var message = named ? error.substring(colon + 2) : error;
    return new FieldError(reason(message), field, message);
  }

  /** The cause type of {@code metav1.StatusCause} that belongs to the API server's words. */
  private static String reason(String message) {
    if (message.startsWith("Required value")) {
      return "FieldValueRequired";
    }
    if (message.startsWith("Unsupported value")) {
      return "FieldValueNotSupported";
    }
    if (message.startsWith("Duplicate value")) {
      return "FieldValueDuplicate";
    }
    return message.startsWith("Too long") ? "FieldValueTooLong" : "FieldValueInvalid";
  }
}
