package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** {@code metadata.managedFields} of one object: who applied which fields. */
record ManagedFields(ObjectNode metadata) {
  /** Who applies: the same name owns other fields through {@code /status}. */
  record Owner(String manager, String subresource) {
    boolean is(JsonNode entry) {
      return entry.path("manager").asText().equals(manager)
          && entry.path("subresource").asText().equals(subresource);
    }
  }

  static ManagedFields of(ObjectNode object) {
    return new ManagedFields(Metadata.of(object).node());
  }

  JsonNode fieldsOf(Owner owner) {
    for (JsonNode entry : entries()) {
      if (owner.is(entry)) {
        return entry.path("fieldsV1");
      }
    }
    return FieldSets.empty();
  }

  /** The entries of everybody else. */
  List<ObjectNode> others(Owner owner) {
    List<ObjectNode> all = new ArrayList<>();
    for (JsonNode entry : entries()) {
      if (!owner.is(entry) && entry instanceof ObjectNode object) {
        all.add(object);
      }
    }
    return all;
  }

  /** Replaces what an owner has; the time stays when the set is the same. */
  void replace(Owner owner, String apiVersion, ObjectNode fields, Instant now) {
    String time = now.toString();
    ArrayNode entries = metadata.withArrayProperty("managedFields");
    for (Iterator<JsonNode> it = entries.elements(); it.hasNext(); ) {
      JsonNode entry = it.next();
      if (owner.is(entry)) {
        time = entry.path("fieldsV1").equals(fields) ? entry.path("time").asText() : time;
        it.remove();
      }
    }
    if (!fields.isEmpty()) {
      ObjectNode entry = entries.addObject();
      entry.put("manager", owner.manager()).put("operation", "Apply");
      entry.put("apiVersion", apiVersion).put("time", time).put("fieldsType", "FieldsV1");
      entry.set("fieldsV1", fields);
      if (!owner.subresource().isEmpty()) {
        entry.put("subresource", owner.subresource());
      }
    }
    tidy();
  }

  /** A plain write takes the fields it changes away from whoever applied them. */
  void release(JsonNode before, JsonNode after) {
    for (JsonNode entry : entries()) {
      if (entry instanceof ObjectNode object) {
        JsonNode fields = entry.path("fieldsV1");
        object.set(
            "fieldsV1", FieldSets.difference(fields, FieldSets.differing(fields, before, after)));
      }
    }
    tidy();
  }

  private JsonNode entries() {
    return metadata.path("managedFields");
  }

  private void tidy() {
    if (!(metadata.get("managedFields") instanceof ArrayNode entries)) {
      return;
    }
    for (Iterator<JsonNode> it = entries.elements(); it.hasNext(); ) {
      if (it.next().path("fieldsV1").isEmpty()) {
        it.remove();
      }
    }
    if (entries.isEmpty()) {
      metadata.remove("managedFields");
    }
  }
}
