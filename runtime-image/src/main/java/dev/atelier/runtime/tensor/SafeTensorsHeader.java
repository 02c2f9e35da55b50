package dev.atelier.runtime.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON header of a safetensors file.
 *
 * @param metadata the free text pairs of {@code __metadata__}
 * @param entries what the file holds, by name, in file order
 */
record SafeTensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";

  /** What a header cannot say; the reader adds which file it is. */
  static final class Inconsistent extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Inconsistent(String message) {
      super(message);
    }
  }

  /** One tensor: its type, its shape and its bytes relative to the end of the header. */
  record Entry(DType type, long[] shape, long begin, long end) {
    long bytes() {
      return end - begin;
    }

    boolean isConsistent() {
      if (begin < 0 || end < begin || Arrays.stream(shape).anyMatch(size -> size < 0)) {
        return false;
      }
      try {
        return bytes() == Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
      } catch (ArithmeticException e) {
        return false; // more bytes than can be counted
      }
    }
  }

  static SafeTensorsHeader parse(byte[] json) throws JsonProcessingException {
    JsonNode root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    if (!root.isObject()) {
      throw new Inconsistent("its header is no JSON object");
    }
    var metadata = new LinkedHashMap<String, String>();
    var entries = new LinkedHashMap<String, Entry>();
    for (Iterator<Map.Entry<String, JsonNode>> i = root.fields(); i.hasNext(); ) {
      Map.Entry<String, JsonNode> field = i.next();
      if (field.getKey().equals(METADATA)) {
        field
            .getValue()
            .fields()
            .forEachRemaining(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    return new SafeTensorsHeader(metadata, entries);
  }

  byte[] toJson() {
    var root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      root.set(METADATA, JSON.valueToTree(metadata));
    }
    entries.forEach(
        (name, entry) -> {
          var node = root.putObject(name);
          node.put("dtype", entry.type().safeTensorsName());
          node.set("shape", JSON.valueToTree(entry.shape()));
          node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Entry entry(String name, JsonNode node) {
    long[] shape = new long[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get("shape").get(i).asLong();
    }
    JsonNode offsets = node.path("data_offsets");
    var entry =
        new Entry(
            type(name, node.path("dtype").asText()),
            shape,
            offsets.path(0).asLong(-1),
            offsets.path(1).asLong(-1));
    if (!entry.isConsistent()) {
      throw new Inconsistent(
          "tensor %s of shape %s and type %s cannot fill bytes %d to %d"
              .formatted(name, Arrays.toString(shape), entry.type(), entry.begin(), entry.end()));
    }
    return entry;
  }

  private static DType type(String tensor, String name) {
    for (DType type : DType.values()) {
      if (type.safeTensorsName().equals(name)) {
        return type;
      }
    }
    throw new Inconsistent("tensor " + tensor + " has the unsupported type " + name);
  }
}
