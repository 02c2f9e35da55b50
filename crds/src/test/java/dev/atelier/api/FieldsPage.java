package dev.atelier.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page that lists every field of the four resources. */
final class FieldsPage {

  private static final String HEAD =
      """
      # Fields of the four resources

      API group `atelier.dev/v1alpha1`. Generated from the CustomResourceDefinitions; `kubectl explain headshotmodel.spec --recursive` says the same.
      A field without a default is optional and absent by default unless it is marked **required**.

      """;

  private final StringBuilder page = new StringBuilder(HEAD);

  private FieldsPage() {}

  static String of(Map<String, JsonNode> schemas) {
    var fields = new FieldsPage();
    schemas
        .keySet()
        .forEach(
            kind ->
                fields.page.append("* [%s](#%s)\n".formatted(kind, kind.toLowerCase(Locale.ROOT))));
    schemas.forEach(fields::kind);
    return fields.page.toString();
  }

  private void kind(String kind, JsonNode schema) {
    page.append("\n## %s\n".formatted(kind));
    rules(schema);
    for (var part : List.of("spec", "status")) {
      page.append("\n### %s `%s`\n\n".formatted(kind, part));
      page.append("| field | type | default | constraints | description |\n");
      page.append("|---|---|---|---|---|\n");
      rows(part, schema.path("properties").path(part));
    }
  }

  private void rules(JsonNode schema) {
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> page.append("\n* %s".formatted(rule.path("message").asText())));
    page.append('\n');
  }

  private void rows(String path, JsonNode schema) {
    var required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              var name = path + "." + field.getKey();
              row(name, field.getValue(), required.contains(field.getKey()));
              rows(name, inner(field.getValue()));
            });
  }

  private void row(String name, JsonNode schema, boolean required) {
    page.append(
        "| `%s` | %s | %s | %s | %s |\n"
            .formatted(
                name,
                type(schema),
                standard(schema, required),
                constraints(schema),
                schema.path("description").asText("").replace("|", "\\|")));
  }

  private static JsonNode inner(JsonNode schema) {
    if (schema.path("type").asText().equals("array")) {
      return schema.path("items");
    }
    var values = schema.path("additionalProperties");
    return values.has("properties") ? values : schema;
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "quantity";
    }
    var type = schema.path("type").asText("any");
    if (type.equals("array")) {
      return "list of " + type(schema.path("items"));
    }
    if (schema.has("additionalProperties")) {
      return "map to " + type(schema.path("additionalProperties"));
    }
    return schema.path("format").asText().equals("date-time") ? "time" : type;
  }

  private static String standard(JsonNode schema, boolean required) {
    if (required) {
      return "**required**";
    }
    var value = schema.path("default");
    return value.isMissingNode() || value.isObject() ? "" : "`%s`".formatted(value);
  }

  private static String constraints(JsonNode schema) {
    var all = new ArrayList<String>();
    if (schema.has("enum")) {
      schema.path("enum").forEach(value -> all.add("`" + value.asText() + "`"));
      return String.join(", ", all);
    }
    bound(all, schema, "minimum", ">= ");
    bound(all, schema, "maximum", "<= ");
    bound(all, schema, "minLength", "length >= ");
    bound(all, schema, "maxLength", "length <= ");
    bound(all, schema, "minItems", "items >= ");
    bound(all, schema, "maxItems", "items <= ");
    if (schema.has("pattern")) {
      all.add("`%s`".formatted(schema.path("pattern").asText().replace("|", "\\|")));
    }
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> all.add(rule.path("message").asText().replace("|", "\\|")));
    return String.join("; ", all);
  }

  private static void bound(List<String> all, JsonNode schema, String name, String sign) {
    if (schema.has(name)) {
      var value = schema.path(name).asDouble();
      all.add(sign + (value == Math.rint(value) ? Long.toString((long) value) : value));
    }
  }
}
