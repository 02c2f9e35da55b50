package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Lays one object over another. */
final class Merges {
  private Merges() {}

  /** RFC 7396: nulls delete, lists are replaced. */
  static void mergePatch(ObjectNode target, JsonNode patch) {
    structured(target, patch, path -> ListShape.ATOMIC);
  }

  /**
   * Merges objects by field and lists by their shape; nulls delete. With the built-in shapes this
   * is strategic merge without its directives.
   */
  static void structured(ObjectNode target, JsonNode patch, ListShapes shapes) {
    merge(target, patch, shapes, List.of());
  }

  private static void merge(
      ObjectNode target, JsonNode patch, ListShapes shapes, List<String> path) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      List<String> here = FieldSets.append(path, name);
      if (value.isNull()) {
        target.remove(name);
      } else if (value.isObject()) {
        merge(objectAt(target, name), value, shapes, here);
      } else if (value instanceof ArrayNode list && target.get(name) instanceof ArrayNode into) {
        target.set(name, lists(into, list, shapes, here));
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }

  private static ObjectNode objectAt(ObjectNode target, String name) {
    return target.get(name) instanceof ObjectNode child ? child : target.putObject(name);
  }

  private static ArrayNode lists(
      ArrayNode into, ArrayNode from, ListShapes shapes, List<String> path) {
    ListShape shape = shapes.at(path);
    if (shape instanceof ListShape.Atomic) {
      return from.deepCopy();
    }
    for (JsonNode item : from) {
      String name =
          shape instanceof ListShape.MapBy map ? "k:" + ListItems.key(item, map) : "v:" + item;
      JsonNode present = ListItems.find(into, name);
      if (present instanceof ObjectNode object) {
        merge(object, item, shapes, path);
      } else if (present.isMissingNode()) {
        into.add(item.deepCopy());
      }
    }
    return into;
  }
}
