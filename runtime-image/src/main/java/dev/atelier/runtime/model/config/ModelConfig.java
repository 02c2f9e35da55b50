package dev.atelier.runtime.model.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A JSON configuration that remembers which fields were read: {@link #finish} fails on fields that
 * ask for something nobody looked at.
 */
public final class ModelConfig {
  // Python writes an infinite lambda_min_clipped as -Infinity.
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final String source;
  private final JsonNode root;
  private final Set<String> seen = new HashSet<>();

  private ModelConfig(String source, JsonNode root) {
    this.source = source;
    this.root = root;
  }

  /** Reads the file. */
  public static ModelConfig read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnsupportedConfigException(
          "Configuration " + file + " does not exist. Copy the model's folder again.");
    }
    try {
      return of(file.toString(), JSON.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new UnsupportedConfigException(
          "%s is not readable JSON: %s in line %d. Copy the file again."
              .formatted(file, e.getOriginalMessage(), e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new UnsupportedConfigException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** A configuration from elsewhere; the source names it in messages. */
  public static ModelConfig of(String source, JsonNode root) {
    if (!root.isObject()) {
      throw new UnsupportedConfigException(source + " is not a JSON object.");
    }
    return new ModelConfig(source, root);
  }

  /** This configuration with the given fields in place of its own. */
  public ModelConfig with(JsonNode overrides) {
    ObjectNode merged = root.deepCopy();
    overrides.fields().forEachRemaining(field -> merged.set(field.getKey(), field.getValue()));
    return new ModelConfig(source, merged);
  }

  /** A configuration within this one. */
  public ModelConfig part(String field) {
    return of(source + ": " + field, required(field));
  }

  /** As above; older files repeat some of its fields under a second name, which then count. */
  public ModelConfig part(String field, String overrides) {
    return has(overrides) ? part(field).with(root.get(overrides)) : part(field);
  }

  /** Whether the field holds a configuration of its own. */
  public boolean isObject(String field) {
    return has(field) && root.get(field).isObject();
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    seen.add(field);
    return root.hasNonNull(field);
  }

  public String text(String field) {
    return required(field).asText();
  }

  public String text(String field, String missing) {
    return has(field) ? root.get(field).asText() : missing;
  }

  public int integer(String field) {
    return required(field).asInt();
  }

  public int integer(String field, int missing) {
    return has(field) ? root.get(field).asInt() : missing;
  }

  /** A number; the text {@code -inf} stands for minus infinity. */
  public double number(String field, double missing) {
    if (!has(field)) {
      return missing;
    }
    JsonNode value = root.get(field);
    return value.asText().equals("-inf") ? Double.NEGATIVE_INFINITY : value.asDouble();
  }

  public boolean flag(String field, boolean missing) {
    return has(field) ? root.get(field).asBoolean() : missing;
  }

  public List<String> texts(String field) {
    var texts = new ArrayList<String>();
    required(field).forEach(node -> texts.add(node.asText()));
    return texts;
  }

  public List<Integer> integers(String field) {
    var integers = new ArrayList<Integer>();
    required(field).forEach(node -> integers.add(node.asInt()));
    return integers;
  }

  public List<Boolean> flags(String field) {
    var flags = new ArrayList<Boolean>();
    required(field).forEach(node -> flags.add(node.asBoolean()));
    return flags;
  }

  public List<Double> numbers(String field) {
    var numbers = new ArrayList<Double>();
    required(field).forEach(node -> numbers.add(node.asDouble()));
    return numbers;
  }

  /** A list, or one number that stands for a list of that many. */
  public List<Integer> integers(String field, int count) {
    JsonNode value = required(field);
    if (value.isArray()) {
      return integers(field);
    }
    return IntStream.range(0, count).mapToObj(i -> value.asInt()).toList();
  }

  /** Accepts the field only if it is missing, null or one of the values. */
  public void require(String field, Object... allowed) {
    if (has(field) && !matches(root.get(field), allowed)) {
      throw unsupported(field, root.get(field), allowed);
    }
  }

  /** Accepts the list only if it is missing, null or holds none but these values. */
  public void requireEach(String field, Object... allowed) {
    if (has(field)) {
      for (JsonNode one : root.get(field)) {
        if (!matches(one, allowed)) {
          throw unsupported(field, one, allowed);
        }
      }
    }
  }

  /** Fields that change nothing at inference and training. */
  public void ignore(String... fields) {
    seen.addAll(List.of(fields));
  }

  /**
   * Fails on fields with a value that nobody read; those with a leading underscore are comments.
   */
  public void finish() {
    var unread = new ArrayList<String>();
    root.fields()
        .forEachRemaining(
            field -> {
              boolean comment = field.getKey().startsWith("_");
              if (!comment && !field.getValue().isNull() && !seen.contains(field.getKey())) {
                unread.add(field.getKey() + " = " + field.getValue());
              }
            });
    if (!unread.isEmpty()) {
      throw new UnsupportedConfigException(
          "%s asks for what this runtime does not know: %s. Use another model, or remove the field if this one is computed without it."
              .formatted(source, String.join(", ", unread)));
    }
  }

  @Override
  public String toString() {
    return source;
  }

  private JsonNode required(String field) {
    if (!has(field)) {
      throw new UnsupportedConfigException(source + " lacks the field " + field + ".");
    }
    return root.get(field);
  }

  private UnsupportedConfigException unsupported(String field, JsonNode value, Object... allowed) {
    return new UnsupportedConfigException(
        "%s: %s = %s is not supported (only %s)."
            .formatted(source, field, value, List.of(allowed)));
  }

  private static boolean matches(JsonNode value, Object... allowed) {
    for (Object one : allowed) {
      boolean equal =
          one instanceof Number number && value.isNumber()
              ? number.doubleValue() == value.asDouble()
              : one.toString().equals(value.asText());
      if (equal) {
        return true;
      }
    }
    return false;
  }
}
