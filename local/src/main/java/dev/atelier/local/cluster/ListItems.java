package dev.atelier.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/** Items of keyed lists and of sets, named as in {@code managedFields}. */
final class ListItems {
  private ListItems() {}

  /** The key object of an item, for example {@code {"name":"main"}}. */
  static ObjectNode key(JsonNode item, ListShape.MapBy shape) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    shape.keys().stream().sorted().filter(item::has).forEach(k -> key.set(k, item.path(k)));
    return key;
  }

  /** The item that {@code k:{...}} or {@code v:...} names, or a missing node. */
  static JsonNode find(JsonNode list, String name) {
    if (!name.startsWith("k:") && !name.startsWith("v:")) {
      return MissingNode.getInstance();
    }
    JsonNode wanted = parse(name.substring(2));
    for (JsonNode item : list) {
      if (name.startsWith("v:") ? item.equals(wanted) : hasKey(item, wanted)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  static boolean hasKey(JsonNode item, JsonNode key) {
    for (Map.Entry<String, JsonNode> field : key.properties()) {
      if (!item.path(field.getKey()).equals(field.getValue())) {
        return false;
      }
    }
    return true;
  }

  static void remove(JsonNode list, JsonNode item) {
    for (Iterator<JsonNode> it = list.elements(); it.hasNext(); ) {
      if (it.next() == item) {
        it.remove();
        return;
      }
    }
  }

  private static JsonNode parse(String json) {
    try {
      return Json.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw ApiError.badRequest("managedFields hold the malformed key " + json);
    }
  }
}
