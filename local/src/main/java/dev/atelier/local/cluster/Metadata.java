package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A view of {@code metadata} of one object; changes go through to the object. */
record Metadata(ObjectNode node) {
  static Metadata of(ObjectNode object) {
    return new Metadata(object.withObjectProperty("metadata"));
  }

  String name() {
    return node.path("name").asText();
  }

  String namespace() {
    return node.path("namespace").asText();
  }

  String uid() {
    return node.path("uid").asText();
  }

  String resourceVersion() {
    return node.path("resourceVersion").asText();
  }

  long generation() {
    return node.path("generation").asLong();
  }

  boolean deleting() {
    return node.has("deletionTimestamp");
  }

  long graceSeconds() {
    return node.path("deletionGracePeriodSeconds").asLong(0);
  }

  List<String> finalizers() {
    List<String> all = new ArrayList<>();
    node.path("finalizers").forEach(f -> all.add(f.asText()));
    return all;
  }

  void addFinalizer(String finalizer) {
    if (!finalizers().contains(finalizer)) {
      node.withArrayProperty("finalizers").add(finalizer);
    }
  }

  void removeFinalizer(String finalizer) {
    ArrayNode all = node.withArrayProperty("finalizers");
    for (Iterator<JsonNode> it = all.elements(); it.hasNext(); ) {
      if (it.next().asText().equals(finalizer)) {
        it.remove();
      }
    }
    if (all.isEmpty()) {
      node.remove("finalizers");
    }
  }

  /** The owner references; each is the live JSON node. */
  List<JsonNode> owners() {
    List<JsonNode> all = new ArrayList<>();
    node.path("ownerReferences").forEach(all::add);
    return all;
  }

  boolean ownedBy(String uid) {
    return owners().stream().anyMatch(o -> o.path("uid").asText().equals(uid));
  }

  void removeOwner(String uid) {
    ArrayNode all = node.withArrayProperty("ownerReferences");
    for (Iterator<JsonNode> it = all.elements(); it.hasNext(); ) {
      if (it.next().path("uid").asText().equals(uid)) {
        it.remove();
      }
    }
    if (all.isEmpty()) {
      node.remove("ownerReferences");
    }
  }
}
