package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code x-kubernetes-list-type} and {@code -list-map-keys} of a structural schema. */
record SchemaListShapes(JsonNode schema) implements ListShapes {
  @Override
  public ListShape at(List<String> path) {
    if (path.get(0).equals("metadata")) {
      return ListShapes.BUILT_IN.at(path);
    }
    JsonNode node = schema;
    for (String field : path) {
      node = node.has("items") ? node.path("items") : node;
      node =
          node.path("properties").has(field)
              ? node.path("properties").path(field)
              : node.path("additionalProperties");
    }
    return switch (node.path("x-kubernetes-list-type").asText("atomic")) {
      case "set" -> ListShape.SET;
      case "map" -> {
        List<String> keys = new ArrayList<>();
        node.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        yield new ListShape.MapBy(keys);
      }
      default -> ListShape.ATOMIC;
    };
  }
}
