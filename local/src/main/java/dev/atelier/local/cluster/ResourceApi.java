package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The verbs on resource paths, each one atomic. */
final class ResourceApi {
  private final ObjectStore store;
  private final ResourceTypes types;
  private final ObjectWrites writes;
  private final ObjectPatches patches;
  private final Deletions deletions;

  ResourceApi(
      ObjectStore store,
      ResourceTypes types,
      ObjectWrites writes,
      ObjectPatches patches,
      Deletions deletions) {
    this.store = store;
    this.types = types;
    this.writes = writes;
    this.patches = patches;
    this.deletions = deletions;
  }

  /** An answer with its HTTP code and the warnings of admission. */
  record Answer(int code, ObjectNode body, List<String> warnings) {}

  Answer handle(ApiRequest request) {
    ResourceType type = type(request);
    List<String> warnings = new ArrayList<>();
    synchronized (store) {
      return switch (request.method()) {
        case "GET" -> new Answer(200, read(type, request), warnings);
        case "POST" -> {
          if (!request.collection()) {
            throw ApiError.methodNotAllowed();
          }
          ObjectNode object = Json.parseObject(request.body());
          yield new Answer(
              201, writes.create(type, request.namespace(), object, warnings::add), warnings);
        }
        case "PUT" -> new Answer(200, replace(type, request, warnings), warnings);
        case "PATCH" -> {
          var outcome = patches.patch(type, request, warnings::add);
          yield new Answer(outcome.created() ? 201 : 200, outcome.object(), warnings);
        }
        case "DELETE" -> new Answer(200, delete(type, request), warnings);
        default -> throw ApiError.methodNotAllowed();
      };
    }
  }

  ResourceType type(ApiRequest request) {
    ResourceType type =
        types
            .find(request.group(), request.version(), request.plural())
            .orElseThrow(ApiError::noSuchResource);
    boolean known =
        request.subresource().isEmpty()
            || (request.subresource().equals("status") && type.status());
    boolean placed = !type.namespaced() || request.collection() || !request.namespace().isEmpty();
    if (!known || !placed) {
      throw ApiError.noSuchResource();
    }
    return type;
  }

  private ObjectNode read(ResourceType type, ApiRequest request) {
    if (!request.collection()) {
      return store
          .get(type.key(request.namespace(), request.name()))
          .orElseThrow(() -> ApiError.notFound(type, request.name()));
    }
    ObjectNode list = FieldSets.empty();
    list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
    list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
    var items = list.putArray("items");
    selected(type, request).forEach(e -> items.add(e.getValue()));
    return list;
  }

  private List<Map.Entry<ObjectKey, ObjectNode>> selected(ResourceType type, ApiRequest request) {
    Predicate<ObjectKey> keys = keys(type, request);
    Predicate<JsonNode> selector = selector(request);
    return store.all().stream()
        .filter(e -> keys.test(e.getKey()) && selector.test(e.getValue()))
        .toList();
  }

  Predicate<ObjectKey> keys(ResourceType type, ApiRequest request) {
    return key ->
        key.group().equals(type.group())
            && key.plural().equals(type.plural())
            && (request.namespace().isEmpty() || key.namespace().equals(request.namespace()))
            && (request.collection() || key.name().equals(request.name()));
  }

  Predicate<JsonNode> selector(ApiRequest request) {
    return Selector.labels(request.param("labelSelector"))
        .and(Selector.fields(request.param("fieldSelector")));
  }

  private ObjectNode replace(ResourceType type, ApiRequest request, List<String> warnings) {
    if (request.collection()) {
      throw ApiError.methodNotAllowed();
    }
    ObjectNode object = Json.parseObject(request.body());
    String name = Metadata.of(object).name();
    if (!name.equals(request.name())) {
      throw ApiError.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, request.name()));
    }
    ObjectKey key = type.key(request.namespace(), name);
    store
        .get(key)
        .ifPresent(
            before -> {
              ManagedFields managed = ManagedFields.of(object);
              if (!managed.metadata().has("managedFields")) {
                ObjectWrites.copy("managedFields", Metadata.of(before).node(), managed.metadata());
              }
              managed.release(before, object);
            });
    return writes.update(type, key, object, request.subresource(), warnings::add);
  }

  private ObjectNode delete(ResourceType type, ApiRequest request) {
    ObjectNode options =
        request.body().isBlank() ? FieldSets.empty() : Json.parseObject(request.body());
    for (String name : List.of("propagationPolicy", "gracePeriodSeconds")) {
      if (!request.param(name).isEmpty()) {
        options.put(name, request.param(name));
      }
    }
    if (!request.collection()) {
      return deletions.delete(type, type.key(request.namespace(), request.name()), options);
    }
    ObjectNode list = read(type, request);
    selected(type, request).forEach(e -> deletions.delete(type, e.getKey(), options));
    return list;
  }
}
