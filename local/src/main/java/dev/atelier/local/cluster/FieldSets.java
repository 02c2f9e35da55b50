package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sets of fields in the {@code FieldsV1} form of {@code metadata.managedFields}: {@code f:name} for
 * a field, {@code k:{"name":"x"}} for the item of a keyed list, {@code v:"x"} for the item of a
 * set, {@code .} for the item itself; {@code {}} is a leaf.
 */
final class FieldSets {
  private FieldSets() {}

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The fields that an object sets. */
  static ObjectNode of(JsonNode object, ListShapes shapes) {
    return of(object, shapes, List.of());
  }

  private static ObjectNode of(JsonNode node, ListShapes shapes, List<String> path) {
    ObjectNode set = empty();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      List<String> here = append(path, field.getKey());
      JsonNode value = field.getValue();
      set.set(
          "f:" + field.getKey(),
          value.isArray() ? items(value, shapes, here) : of(value, shapes, here));
    }
    return set;
  }

  private static ObjectNode items(JsonNode list, ListShapes shapes, List<String> path) {
    ObjectNode set = empty();
    ListShape shape = shapes.at(path);
    for (JsonNode item : list) {
      if (shape instanceof ListShape.SetOf) {
        set.set("v:" + item, empty());
      } else if (shape instanceof ListShape.MapBy map) {
        ObjectNode fields = of(item, shapes, path);
        fields.set(".", empty());
        set.set("k:" + ListItems.key(item, map), fields);
      }
    }
    return set;
  }

  /** The fields of {@code a} that are not in {@code b}. */
  static ObjectNode difference(JsonNode a, JsonNode b) {
    ObjectNode result = empty();
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      JsonNode other = b.path(field.getKey());
      if (other.isMissingNode()) {
        result.set(field.getKey(), field.getValue().deepCopy());
      } else if (!field.getValue().isEmpty() && !other.isEmpty()) {
        ObjectNode rest = difference(field.getValue(), other);
        if (!rest.isEmpty()) {
          result.set(field.getKey(), rest);
        }
      }
    }
    return result;
  }

  /** The fields in both; a leaf on one side covers what the other has below it. */
  static ObjectNode intersection(JsonNode a, JsonNode b) {
    ObjectNode result = empty();
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      JsonNode other = b.path(field.getKey());
      if (other.isMissingNode() || field.getKey().equals(".")) {
        continue;
      }
      if (field.getValue().isEmpty() || other.isEmpty()) {
        result.set(field.getKey(), empty());
        continue;
      }
      ObjectNode common = intersection(field.getValue(), other);
      if (!common.isEmpty()) {
        result.set(field.getKey(), common);
      }
    }
    return result;
  }

  /** The fields of {@code set} whose values in two objects differ. */
  static ObjectNode differing(JsonNode set, JsonNode left, JsonNode right) {
    ObjectNode result = empty();
    for (Map.Entry<String, JsonNode> field : set.properties()) {
      JsonNode a = child(left, field.getKey());
      JsonNode b = child(right, field.getKey());
      boolean leaf = field.getValue().isEmpty() && !field.getKey().equals(".");
      if (leaf && !a.equals(b)) {
        result.set(field.getKey(), empty());
      } else if (!leaf) {
        ObjectNode below = differing(field.getValue(), a, b);
        boolean vanished = field.getValue().has(".") && a.isMissingNode() != b.isMissingNode();
        if (vanished || !below.isEmpty()) {
          result.set(field.getKey(), vanished ? field.getValue().deepCopy() : below);
        }
      }
    }
    return result;
  }

  /** Removes fields from an object, and objects and lists that become empty by it. */
  static void drop(JsonNode target, JsonNode set) {
    for (Map.Entry<String, JsonNode> field : set.properties()) {
      String key = field.getKey();
      JsonNode below = child(target, key);
      if (below.isMissingNode() || key.equals(".")) {
        continue;
      }
      boolean whole = field.getValue().isEmpty() || field.getValue().has(".");
      if (!whole) {
        drop(below, field.getValue());
      }
      if (whole || below.isEmpty()) {
        remove(target, key, below);
      }
    }
  }

  private static void remove(JsonNode target, String key, JsonNode item) {
    if (target instanceof ObjectNode object) {
      object.remove(key.substring(2));
    } else {
      ListItems.remove(target, item);
    }
  }

  /** The paths of the leaves, for messages: {@code .spec.template}. */
  static List<String> paths(JsonNode set) {
    List<String> all = new ArrayList<>();
    collect(set, "", all);
    return all;
  }

  private static void collect(JsonNode set, String prefix, List<String> all) {
    for (Map.Entry<String, JsonNode> field : set.properties()) {
      String name = field.getKey();
      String path =
          name.startsWith("f:") ? prefix + "." + name.substring(2) : prefix + "[" + name + "]";
      if (field.getValue().isEmpty()) {
        all.add(path);
      } else {
        collect(field.getValue(), path, all);
      }
    }
  }

  private static JsonNode child(JsonNode node, String key) {
    if (key.startsWith("f:")) {
      return node.path(key.substring(2));
    }
    return ListItems.find(node, key);
  }

  static List<String> append(List<String> path, String field) {
    List<String> longer = new ArrayList<>(path);
    longer.add(field);
    return longer;
  }
}
