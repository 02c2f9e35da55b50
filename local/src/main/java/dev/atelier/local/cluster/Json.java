package dev.atelier.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

/** Request and response bodies. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();
  static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

  private Json() {}

  /** Parses JSON, or YAML where the text is no JSON object. */
  static JsonNode parse(String text) {
    try {
      String body = text.stripLeading();
      return (body.startsWith("{") || body.startsWith("[") ? MAPPER : YAML).readTree(body);
    } catch (JsonProcessingException e) {
      throw ApiError.badRequest("the body cannot be read: " + e.getOriginalMessage());
    }
  }

  static ObjectNode parseObject(String text) {
    if (parse(text) instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the body must be an object");
  }
}
