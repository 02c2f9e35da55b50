package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** PATCH in its four media types. */
final class ObjectPatches {
  private final ObjectStore store;
  private final ResourceTypes types;
  private final ObjectWrites writes;
  private final Clock clock;

  ObjectPatches(ObjectStore store, ResourceTypes types, ObjectWrites writes, Clock clock) {
    this.store = store;
    this.types = types;
    this.writes = writes;
    this.clock = clock;
  }

  /** The result and whether the object is new (server-side apply creates what is missing). */
  record Outcome(ObjectNode object, boolean created) {}

  Outcome patch(ResourceType type, ApiRequest request, Consumer<String> warnings) {
    ObjectKey key = type.key(request.namespace(), request.name());
    if (request.mediaType().equals("application/apply-patch+yaml")) {
      return apply(type, key, request, warnings);
    }
    ObjectNode before = store.get(key).orElseThrow(() -> ApiError.notFound(type, key.name()));
    ObjectNode after = patched(type, before.deepCopy(), request);
    if (!request.subresource().isEmpty()) {
      Metadata.of(after).node().setAll(Metadata.of(before).node());
    }
    ManagedFields.of(after).release(before, after);
    return new Outcome(writes.update(type, key, after, request.subresource(), warnings), false);
  }

  private ObjectNode patched(ResourceType type, ObjectNode object, ApiRequest request) {
    JsonNode patch = Json.parse(request.body());
    switch (request.mediaType()) {
      case "application/json-patch+json" -> {
        JsonNode result = JsonPatch.apply(patch, object);
        if (result instanceof ObjectNode changed) {
          return changed;
        }
        throw ApiError.badRequest("the patch leaves no object");
      }
      case "application/merge-patch+json" -> Merges.mergePatch(object, patch);
      case "application/strategic-merge-patch+json" -> {
        if (type.custom()) {
          throw ApiError.unsupportedMediaType(request.mediaType());
        }
        Merges.structured(object, patch, types.shapes(type));
      }
      default -> throw ApiError.unsupportedMediaType(request.mediaType());
    }
    return object;
  }

  private Outcome apply(
      ResourceType type, ObjectKey key, ApiRequest request, Consumer<String> warnings) {
    ObjectNode applied = Json.parseObject(request.body());
    var owner = new ManagedFields.Owner(request.param("fieldManager"), request.subresource());
    if (owner.manager().isEmpty()) {
      throw ApiError.badRequest(
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    }
    boolean force = request.flag("force");
    var merge = new ServerSideApply(type, types.shapes(type), owner, force);
    Optional<ObjectNode> stored = store.get(key);
    if (stored.isPresent()) {
      Preconditions.check(type, stored.get(), Metadata.of(applied));
      ObjectNode after = stored.get();
      merge.apply(after, applied, clock.instant());
      return new Outcome(writes.update(type, key, after, request.subresource(), warnings), false);
    }
    if (!request.subresource().isEmpty()) {
      throw ApiError.notFound(type, key.name());
    }
    return new Outcome(create(type, key, applied, merge, warnings), true);
  }

  private ObjectNode create(
      ResourceType type,
      ObjectKey key,
      ObjectNode applied,
      ServerSideApply merge,
      Consumer<String> warnings) {
    Metadata seen = Metadata.of(applied);
    // A resource version is no obstacle: clients send one to say "create, or conflict".
    if (!seen.uid().isEmpty()) {
      throw ApiError.conflict(type, key.name(), "the object has been deleted");
    }
    ObjectNode fresh = FieldSets.empty();
    fresh.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    fresh.putObject("metadata").put("name", key.name());
    merge.apply(fresh, applied, clock.instant());
    return writes.create(type, key.namespace(), fresh, warnings);
  }
}
