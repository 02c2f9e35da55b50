package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Drops fields that the schema does not know, and says which and what was meant. */
final class Pruning {

  private static final Set<String> EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  private final List<String> unknown = new ArrayList<>();

  private Pruning() {}

  /** Prunes in place; returns one message for each unknown field. */
  static List<String> prune(ObjectNode object, JsonNode schema) {
    var pruning = new Pruning();
    pruning.prune(FieldPath.ROOT, object, schema);
    return pruning.unknown;
  }

  private void prune(FieldPath path, JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      pruneObject(path, object, schema);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        prune(path.item(i), value.get(i), schema.path("items"));
      }
    }
  }

  private void pruneObject(FieldPath path, ObjectNode object, JsonNode schema) {
    var values = schema.get("additionalProperties");
    if (values != null) {
      object
          .properties()
          .forEach(entry -> prune(path.key(entry.getKey()), entry.getValue(), values));
      return;
    }
    boolean keepUnknown = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    var known = schema.path("properties");
    for (var name : names(object)) {
      if (known.has(name)) {
        prune(path.field(name), object.get(name), known.get(name));
      } else if (!keepUnknown && !isOfEveryObject(path, name)) {
        object.remove(name);
        unknown.add(message(path.field(name), name, known));
      }
    }
  }

  private static boolean isOfEveryObject(FieldPath path, String name) {
    return path.equals(FieldPath.ROOT) && EVERY_OBJECT.contains(name);
  }

  private static String message(FieldPath path, String name, JsonNode known) {
    return NearestName.of(name, names(known))
        .map(near -> "unknown field \"%s\"; did you mean \"%s\"?".formatted(path, near))
        .orElseGet(
            () ->
                "unknown field \"%s\"; known here: %s"
                    .formatted(path, String.join(", ", names(known))));
  }

  private static List<String> names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
