package dev.atelier.e2e.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The fields that each minor version of Kubernetes knows. */
final class KubernetesFields {

  static final int OLDEST = 30;
  static final int NEWEST = 34;

  private static final Path FILE = Path.of("src/test/resources/chart/kubernetes-fields.txt");

  private final Map<String, Map<String, Field>> definitions = new HashMap<>();

  private record Field(String type, int since, int until) {

    static Field of(String[] words) {
      var span = words.length > 3 ? words[3].split("-", -1) : new String[] {"", ""};
      return new Field(words[2], minor(span[0], OLDEST), minor(span[1], NEWEST));
    }

    private static int minor(String version, int otherwise) {
      return version.isEmpty() ? otherwise : Integer.parseInt(version.substring("1.".length()));
    }
  }

  private KubernetesFields() {}

  static KubernetesFields read() {
    var fields = new KubernetesFields();
    try {
      for (var line : Files.readAllLines(FILE)) {
        if (!line.startsWith("#")) {
          var words = line.split(" ");
          fields
              .definitions
              .computeIfAbsent(words[0], name -> new HashMap<>())
              .put(words[1], Field.of(words));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fields;
  }

  /** Whether the object is one of Kubernetes' own. */
  boolean knows(JsonNode object) {
    return definitions.containsKey(kind(object));
  }

  /** Paths of fields that the minor version does not know. */
  List<String> unknown(JsonNode object, int minor) {
    var found = new ArrayList<String>();
    var type = definitions.get(kind(object)).get("@").type();
    walk(kind(object), object, type, minor, found);
    return found;
  }

  private void walk(String path, JsonNode value, String type, int minor, List<String> found) {
    if (type.startsWith("*")) {
      value
          .properties()
          .forEach(
              one ->
                  walk(path + "." + one.getKey(), one.getValue(), type.substring(1), minor, found));
    } else if (value.isArray()) {
      StreamSupport.stream(value.spliterator(), false)
          .forEach(one -> walk(path, one, type, minor, found));
    } else if (value.isObject() && definitions.containsKey(type)) {
      value
          .properties()
          .forEach(one -> field(path, one.getKey(), one.getValue(), type, minor, found));
    }
  }

  private void field(
      String path, String name, JsonNode value, String type, int minor, List<String> found) {
    var field = definitions.get(type).get(name);
    var here = path + "." + name;
    if (field == null || minor < field.since() || minor > field.until()) {
      found.add(here);
    } else {
      walk(here, value, field.type(), minor, found);
    }
  }

  private static String kind(JsonNode object) {
    return object.path("apiVersion").asText() + ":" + object.path("kind").asText();
  }
}
