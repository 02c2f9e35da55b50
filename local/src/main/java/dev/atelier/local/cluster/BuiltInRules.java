package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cluster.ResourceAdmission.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The validation of every kind's name, and of what built-in kinds do not let anyone change. */
final class BuiltInRules {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private BuiltInRules() {}

  static List<FieldError> onCreate(ResourceType type, ObjectNode object) {
    List<FieldError> errors = new ArrayList<>();
    String name = Metadata.of(object).name();
    boolean free = type.group().equals("rbac.authorization.k8s.io");
    if (!free && (name.length() > 253 || !SUBDOMAIN.matcher(name).matches())) {
      errors.add(
          new FieldError(
              "FieldValueInvalid",
              "metadata.name",
              "Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case"
                      .formatted(name)
                  + " alphanumeric characters, '-' or '.', and must start and end with an"
                  + " alphanumeric character"));
    }
    if (type.qualifiedPlural().equals("jobs.batch")) {
      String restart = object.at("/spec/template/spec/restartPolicy").asText();
      if (!List.of("Never", "OnFailure").contains(restart)) {
        errors.add(
            new FieldError(
                "FieldValueInvalid",
                "spec.template.spec.restartPolicy",
                "Required value: valid values: \"OnFailure\", \"Never\""));
      }
    }
    return errors;
  }

  static List<FieldError> onUpdate(ResourceType type, JsonNode before, JsonNode after) {
    List<FieldError> errors = new ArrayList<>();
    switch (type.qualifiedPlural()) {
      case "jobs.batch" -> {
        if (!before.path("spec").path("suspend").asBoolean()
            || before.at("/status").has("startTime")) {
          immutable(before, after, "/spec/template", errors);
        }
        immutable(before, after, "/spec/selector", errors);
        immutable(before, after, "/spec/completionMode", errors);
        immutable(before, after, "/spec/podFailurePolicy", errors);
        if (!before.at("/spec/completionMode").asText().equals("Indexed")) {
          immutable(before, after, "/spec/completions", errors);
        }
      }
      case "configmaps", "secrets" -> {
        if (before.path("immutable").asBoolean()) {
          frozen(before, after, "data", errors);
          frozen(before, after, "binaryData", errors);
        }
      }
      default -> {}
    }
    return errors;
  }

  private static void immutable(
      JsonNode before, JsonNode after, String pointer, List<FieldError> errors) {
    if (!before.at(pointer).equals(after.at(pointer))) {
      String field = pointer.substring(1).replace('/', '.');
      errors.add(
          new FieldError(
              "FieldValueInvalid",
              field,
              "Invalid value: " + after.at(pointer) + ": field is immutable"));
    }
  }

  private static void frozen(
      JsonNode before, JsonNode after, String field, List<FieldError> errors) {
    if (!before.path(field).equals(after.path(field))) {
      errors.add(
          new FieldError(
              "FieldValueForbidden",
              field,
              "Forbidden: field is immutable when `immutable` is set"));
    }
  }
}
