package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a schema says of texts and numbers of the right type. */
final class ScalarCheck {

  private ScalarCheck() {}

  static List<String> of(FieldPath path, JsonNode value, JsonNode schema) {
    var errors = new ArrayList<String>();
    if (value.isTextual()) {
      checkText(path, value.asText(), schema, errors);
    } else if (value.isNumber()) {
      checkNumber(path, value, schema, errors);
    }
    checkEnum(path, value, schema.path("enum"), errors);
    return errors;
  }

  private static void checkText(FieldPath path, String text, JsonNode schema, List<String> errors) {
    int length = text.codePointCount(0, text.length());
    if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
      // The API server counts characters as well, and calls them bytes.
      errors.add(
          "%s: Too long: may not be more than %d bytes"
              .formatted(path, schema.get("maxLength").asInt()));
    }
    if (schema.has("minLength") && length < schema.get("minLength").asInt()) {
      errors.add(
          invalid(
              path, text, "should be at least " + schema.get("minLength").asInt() + " chars long"));
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(text).find()) {
      errors.add(invalid(path, text, "should match '" + schema.get("pattern").asText() + "'"));
    }
    if (schema.path("format").asText().equals("date-time") && !isDateTime(text)) {
      errors.add(invalid(path, text, "must be of type date-time: \"" + text + "\""));
    }
  }

  private static void checkNumber(
      FieldPath path, JsonNode value, JsonNode schema, List<String> errors) {
    if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
      errors.add(
          "%s: Invalid value: %s: %s in body should be greater than or equal to %s"
              .formatted(path, value, path, plain(schema.get("minimum"))));
    }
    if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
      errors.add(
          "%s: Invalid value: %s: %s in body should be less than or equal to %s"
              .formatted(path, value, path, plain(schema.get("maximum"))));
    }
  }

  private static void checkEnum(
      FieldPath path, JsonNode value, JsonNode words, List<String> errors) {
    var known = StreamSupport.stream(words.spliterator(), false).toList();
    if (!known.isEmpty() && !known.contains(value)) {
      errors.add(
          "%s: Unsupported value: %s: supported values: %s"
              .formatted(
                  path,
                  value,
                  known.stream().map(JsonNode::toString).collect(Collectors.joining(", "))));
    }
  }

  private static String invalid(FieldPath path, String text, String problem) {
    return "%s: Invalid value: \"%s\": %s in body %s".formatted(path, text, path, problem);
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }
}
