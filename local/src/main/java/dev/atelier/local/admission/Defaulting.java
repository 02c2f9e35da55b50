package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults of a schema: parents before their fields, absent values only. */
final class Defaulting {

  private Defaulting() {}

  static void complete(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        completeField(object, property.getKey(), property.getValue());
      }
      var values = schema.get("additionalProperties");
      if (values != null) {
        object.forEach(one -> complete(one, values));
      }
    } else if (value.isArray()) {
      value.forEach(item -> complete(item, schema.path("items")));
    }
  }

  private static void completeField(ObjectNode object, String name, JsonNode schema) {
    var value = object.get(name);
    var byDefault = schema.get("default");
    // A null counts as absent where there is a default and null is not a value of the field.
    boolean absent = value == null || (value.isNull() && !schema.path("nullable").asBoolean());
    if (absent && byDefault != null) {
      object.set(name, byDefault.deepCopy());
    }
    var present = object.get(name);
    if (present != null) {
      complete(present, schema);
    }
  }
}
