package dev.atelier.runtime.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds reports against a schema beside {@link Report}. */
public record ReportSchema(String resource) {

  private static final ObjectMapper JSON = StageJson.json();

  private JsonNode schema() throws IOException {
    return JSON.readTree(ReportSchema.class.getResourceAsStream(resource));
  }

  /** What of a report is not as the schema says. */
  public List<String> violations(JsonNode value, String at) throws IOException {
    return violations(schema(), value, at);
  }

  /** The keywords that the schema uses: type, required, properties, items, enum, const, $ref. */
  private List<String> violations(JsonNode schema, JsonNode value, String at) throws IOException {
    var found = new ArrayList<String>();
    if (schema.has("$ref")) {
      return violations(schema().at(schema.path("$ref").asText().substring(1)), value, at);
    }
    if (schema.has("type") && !typed(schema.path("type").asText(), value)) {
      found.add(at + " is no " + schema.path("type").asText());
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      found.add(at + " is not " + schema.path("const"));
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      found.add(at + " is none of " + schema.path("enum"));
    }
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                found.add(at + "." + name.asText() + " is missing");
              }
            });
    for (var field :
        value.isObject() ? value.properties() : List.<Map.Entry<String, JsonNode>>of()) {
      var inner = schema.path("properties").path(field.getKey());
      var other = inner.isMissingNode() ? schema.path("additionalProperties") : inner;
      if (other.isObject()) {
        found.addAll(violations(other, field.getValue(), at + "." + field.getKey()));
      } else {
        found.add(at + "." + field.getKey() + " is not in the schema");
      }
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      found.addAll(violations(schema.path("items"), value.get(i), at + "[" + i + "]"));
    }
    return found;
  }

  private static boolean typed(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (var one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
