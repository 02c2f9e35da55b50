package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Checks a value against a structural schema; messages are the API server's. */
final class SchemaCheck {

  private final List<String> errors = new ArrayList<>();
  private boolean blocksRules;

  void check(JsonNode object, JsonNode schema) {
    check(FieldPath.ROOT, object, schema);
  }

  List<String> errors() {
    return errors;
  }

  /** Whether the shape is so wrong that rules cannot be evaluated. */
  boolean blocksRules() {
    return blocksRules;
  }

  private void check(FieldPath path, JsonNode value, JsonNode schema) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!hasType(value, schema)) {
      var found = value.isNull() ? "null" : typeOf(value);
      block(
          "%s: Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
              .formatted(path, found, path, schema.path("type").asText(), found));
      return;
    }
    if (value.isObject()) {
      checkObject(path, value, schema);
    } else if (value.isArray()) {
      checkArray(path, value, schema);
    } else {
      checkScalar(path, value, schema);
    }
  }

  private void checkObject(FieldPath path, JsonNode object, JsonNode schema) {
    for (var name : schema.path("required")) {
      if (!object.has(name.asText())) {
        block("%s: Required value".formatted(path.field(name.asText())));
      }
    }
    if (schema.has("maxProperties") && object.size() > schema.get("maxProperties").asInt()) {
      block(
          "%s: Too many: %d: must have at most %d items"
              .formatted(path, object.size(), schema.get("maxProperties").asInt()));
    }
    for (var field : object.properties()) {
      var known = schema.path("properties").get(field.getKey());
      if (known != null) {
        check(path.field(field.getKey()), field.getValue(), known);
      } else if (schema.has("additionalProperties")) {
        check(path.key(field.getKey()), field.getValue(), schema.get("additionalProperties"));
      }
    }
  }

  private void checkArray(FieldPath path, JsonNode array, JsonNode schema) {
    if (schema.has("maxItems") && array.size() > schema.get("maxItems").asInt()) {
      block(
          "%s: Too many: %d: must have at most %d items"
              .formatted(path, array.size(), schema.get("maxItems").asInt()));
    }
    if (schema.has("minItems") && array.size() < schema.get("minItems").asInt()) {
      errors.add(
          "%s: Invalid value: %d: %s in body should have at least %d items"
              .formatted(path, array.size(), path, schema.get("minItems").asInt()));
    }
    for (int i = 0; i < array.size(); i++) {
      check(path.item(i), array.get(i), schema.path("items"));
    }
    checkKeys(path, array, schema.path("x-kubernetes-list-map-keys"));
  }

  private void checkKeys(FieldPath path, JsonNode array, JsonNode keys) {
    var seen = new HashSet<List<JsonNode>>();
    for (int i = 0; i < array.size() && !keys.isEmpty(); i++) {
      var item = array.get(i);
      var key = new ArrayList<JsonNode>();
      keys.forEach(name -> key.add(item.path(name.asText())));
      if (!seen.add(key)) {
        block("%s: Duplicate value: %s".formatted(path.item(i), key));
      }
    }
  }

  private void checkScalar(FieldPath path, JsonNode value, JsonNode schema) {
    var problems = ScalarCheck.of(path, value, schema);
    errors.addAll(problems);
    // As the API server: rules read texts and numbers that are out of range, but no unknown names,
    // nothing that is no point in time, and no text that costs more to read than was estimated.
    blocksRules |= problems.stream().anyMatch(SchemaCheck::blocks);
  }

  private static boolean blocks(String problem) {
    return problem.contains(": Too long")
        || problem.contains(": Unsupported value")
        || problem.contains("of type date-time");
  }

  private void block(String error) {
    errors.add(error);
    blocksRules = true;
  }

  private static boolean hasType(JsonNode value, JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isTextual() || value.isIntegralNumber();
    }
    var type = schema.path("type").asText("");
    return type.isEmpty()
        || type.equals(typeOf(value))
        || (type.equals("number") && value.isNumber());
  }

  private static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> "number";
      default -> "null";
    };
  }
}
