package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.regex.Pattern;

/**
 * The part of JSONPath that printer columns use: {@code .a.b}, {@code ['a']}, {@code [0]} and
 * {@code [?(@.type=="Ready")]}.
 */
final class JsonPath {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<field>[\\w-]+)"
              + "|\\['(?<quoted>[^']+)'\\]"
              + "|\\[(?<index>\\d+)\\]"
              + "|\\[\\?\\(@\\.(?<key>\\w+)\\s*==\\s*[\"'](?<value>[^\"']*)[\"']\\)\\]");

  private JsonPath() {}

  /** The node at the path, or a missing node. */
  static JsonNode find(JsonNode root, String path) {
    var node = root;
    var step = STEP.matcher(path);
    int end = 0;
    while (step.find()) {
      if (step.start() != end) {
        return MissingNode.getInstance();
      }
      end = step.end();
      if (step.group("field") != null) {
        node = node.path(step.group("field"));
      } else if (step.group("quoted") != null) {
        node = node.path(step.group("quoted"));
      } else if (step.group("index") != null) {
        node = node.path(Integer.parseInt(step.group("index")));
      } else {
        node = first(node, step.group("key"), step.group("value"));
      }
    }
    return end == path.length() ? node : MissingNode.getInstance();
  }

  private static JsonNode first(JsonNode array, String key, String value) {
    for (var element : array) {
      if (element.path(key).asText().equals(value)) {
        return element;
      }
    }
    return MissingNode.getInstance();
  }
}
