package dev.atelier.runtime.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was sent.
 *
 * @param path without query
 * @param query first value of each parameter
 * @param contentType of the body; empty where none is named
 * @param authorization the header; empty where there is none
 * @param range the part of a file that is asked for; empty for all of it
 */
record Call(
    String method,
    String path,
    Map<String, String> query,
    String contentType,
    String authorization,
    String range,
    Body body) {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  /** Reads the body, once. */
  @FunctionalInterface
  interface Body {
    byte[] read() throws IOException;
  }

  /**
   * What was asked for.
   *
   * @param picture that came along
   */
  record Asked(AskedFields fields, Optional<byte[]> picture) {}

  /** The fields of the body, of JSON or of a form. */
  Asked asked() throws IOException {
    var type = contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      return form(body.read());
    }
    if (!type.isEmpty() && !type.startsWith("application/json")) {
      throw RequestProblem.badRequest(
          "invalid_content_type",
          "the Content-Type is '%s'; send application/json or multipart/form-data"
              .formatted(contentType));
    }
    return json(body.read());
  }

  private Asked form(byte[] sent) {
    var fields = new HashMap<String, JsonNode>();
    Optional<byte[]> picture = Optional.empty();
    for (var part : Multipart.parts(sent, contentType)) {
      var value = part.file() ? "" : part.text();
      if (fields.put(part.name(), TextNode.valueOf(value)) != null) {
        throw RequestProblem.of(part.name(), part.name() + " is given twice; give it once");
      }
      if (part.name().equals(OrderForm.REFERENCE)) {
        picture = Optional.of(part.file() ? part.content() : data(value));
      }
    }
    return new Asked(new AskedFields(fields), picture);
  }

  private static Asked json(byte[] sent) throws IOException {
    JsonNode read;
    try {
      read = JSON.readTree(sent);
    } catch (JsonProcessingException e) {
      throw RequestProblem.badRequest(
          "invalid_json", "the body is no JSON: " + e.getOriginalMessage());
    }
    if (!(read instanceof ObjectNode)) {
      throw RequestProblem.badRequest(
          "invalid_json", "the body must be a JSON object, such as {\"prompt\": \"...\"}");
    }
    var fields = new HashMap<String, JsonNode>();
    read.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    var asked = new AskedFields(fields);
    return new Asked(asked, asked.node(OrderForm.REFERENCE).map(Call::picture));
  }

  /** A data URL, or {@code {"image_url": "data:..."}}. */
  private static byte[] picture(JsonNode given) {
    return data(given.isObject() ? given.path("image_url").asText() : given.asText());
  }

  private static byte[] data(String url) {
    int at = url.indexOf(BASE64);
    if (url.startsWith(DATA) && at > 0) {
      try {
        return Base64.getDecoder().decode(url.substring(at + BASE64.length()));
      } catch (IllegalArgumentException e) {
        throw RequestProblem.of(
            OrderForm.REFERENCE, "the data URL is no base64: " + e.getMessage());
      }
    }
    throw RequestProblem.of(
        OrderForm.REFERENCE,
        "input_reference must be a file of a form, or in JSON a URL data:image/png;base64,...; addresses and ids are not fetched");
  }
}
