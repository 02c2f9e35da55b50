package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cluster.ManagedFields.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The merge of server-side apply: ownership, conflicts, and removal of what is no longer applied.
 */
final class ServerSideApply {
  private static final List<String> IDENTITY =
      List.of(
          "name",
          "namespace",
          "generateName",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  private final ResourceType type;
  private final ListShapes shapes;
  private final Owner owner;
  private final boolean force;

  ServerSideApply(ResourceType type, ListShapes shapes, Owner owner, boolean force) {
    this.type = type;
    this.shapes = shapes;
    this.owner = owner;
    this.force = force;
  }

  /**
   * Applies to an object (an empty one on create).
   *
   * @param live the stored object; it is changed
   * @param applied what the manager wants to own, in full
   */
  void apply(ObjectNode live, ObjectNode applied, Instant now) {
    ObjectNode wanted = opinions(applied);
    ObjectNode fields = FieldSets.of(wanted, shapes);
    ManagedFields managed = ManagedFields.of(live);
    JsonNode dropped = FieldSets.difference(managed.fieldsOf(owner), fields);
    List<String> conflicts = new ArrayList<>();
    for (ObjectNode other : managed.others(owner)) {
      JsonNode theirs = other.path("fieldsV1");
      ObjectNode contested =
          FieldSets.differing(FieldSets.intersection(fields, theirs), live, wanted);
      FieldSets.paths(contested)
          .forEach(p -> conflicts.add("conflict with %s: %s".formatted(name(other), p)));
      other.set("fieldsV1", FieldSets.difference(theirs, contested));
      dropped = FieldSets.difference(dropped, theirs);
    }
    if (!conflicts.isEmpty() && !force) {
      throw ApiError.applyConflict(type, Metadata.of(live).name(), conflicts);
    }
    FieldSets.drop(live, dropped);
    Merges.structured(live, wanted, shapes);
    ManagedFields.of(live).replace(owner, type.apiVersion(), fields, now);
  }

  private static String name(JsonNode entry) {
    return "\"" + entry.path("manager").asText() + "\"";
  }

  /** What an apply may own: not the identity, and only the status through {@code /status}. */
  private ObjectNode opinions(ObjectNode applied) {
    boolean status = owner.subresource().equals("status");
    ObjectNode wanted = FieldSets.empty();
    for (Map.Entry<String, JsonNode> field : applied.properties()) {
      boolean identity = List.of("apiVersion", "kind").contains(field.getKey());
      boolean mine = field.getKey().equals("status") ? status || !type.status() : !status;
      if (!identity && mine && !field.getValue().isNull()) {
        wanted.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    if (wanted.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(IDENTITY);
      if (metadata.isEmpty()) {
        wanted.remove("metadata");
      }
    }
    return wanted;
  }
}
