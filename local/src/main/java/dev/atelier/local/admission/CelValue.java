package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** JSON values as CEL sees them through a schema: a date-time is a timestamp, an integer a long. */
final class CelValue {

  private CelValue() {}

  static Object of(JsonNode value, JsonNode schema) {
    if (value.isObject()) {
      return ofObject(value, schema);
    }
    if (value.isArray()) {
      var items = new ArrayList<Object>();
      value.forEach(item -> items.add(of(item, schema.path("items"))));
      return items;
    }
    if (value.isIntegralNumber()) {
      return schema.path("type").asText().equals("number")
          ? (Object) value.asDouble()
          : (Object) value.asLong();
    }
    if (value.isNumber()) {
      return value.asDouble();
    }
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    return schema.path("format").asText().equals("date-time")
        ? timestamp(value.asText())
        : value.asText();
  }

  private static Object ofObject(JsonNode object, JsonNode schema) {
    var fields = new LinkedHashMap<String, Object>();
    for (var field : object.properties()) {
      var known = schema.path("properties").path(field.getKey());
      var type = known.isMissingNode() ? schema.path("additionalProperties") : known;
      if (!field.getValue().isNull()) {
        fields.put(field.getKey(), of(field.getValue(), type));
      }
    }
    return fields;
  }

  private static Timestamp timestamp(String text) {
    var instant = OffsetDateTime.parse(text).toInstant();
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
