package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cluster.ResourceAdmission.FieldError;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Stores new and changed objects the way the registry of kube-apiserver does. */
final class ObjectWrites {
  private final ObjectStore store;
  private final ResourceTypes types;
  private final ResourceAdmission admission;
  private final Clock clock;

  ObjectWrites(ObjectStore store, ResourceTypes types, ResourceAdmission admission, Clock clock) {
    this.store = store;
    this.types = types;
    this.admission = admission;
    this.clock = clock;
  }

  String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  ObjectNode create(
      ResourceType type, String namespace, ObjectNode object, Consumer<String> warnings) {
    Metadata metadata = identify(type, namespace, object);
    ObjectKey key = type.key(namespace, metadata.name());
    if (store.get(key).isPresent()) {
      throw ApiError.alreadyExists(type, metadata.name());
    }
    metadata.node().put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
    metadata.node().put("generation", 1);
    metadata.node().remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
    if (type.status()) {
      object.remove("status");
    }
    BuiltInDefaults.apply(type, object);
    refuse(type, metadata.name(), BuiltInRules.onCreate(type, object));
    ObjectNode admitted = admit(type, object, Optional.empty(), warnings);
    BuiltInDefaults.initialStatus(type, admitted);
    ObjectNode stored = store.put(key, admitted);
    if (type.kind().equals("CustomResourceDefinition")) {
      types.define(stored);
    }
    return stored;
  }

  /** Replaces an object or, with {@code subresource} "status", its status. */
  ObjectNode update(
      ResourceType type,
      ObjectKey key,
      ObjectNode object,
      String subresource,
      Consumer<String> warnings) {
    ObjectNode before = store.get(key).orElseThrow(() -> ApiError.notFound(type, key.name()));
    Preconditions.check(type, before, Metadata.of(object));
    ObjectNode after = subresource.equals("status") ? before.deepCopy() : object;
    if (type.status()) {
      copy("status", subresource.equals("status") ? object : before, after);
    }
    keepIdentity(before, after, object);
    if (subresource.isEmpty()) {
      BuiltInDefaults.apply(type, after);
      refuse(type, key.name(), BuiltInRules.onUpdate(type, before, after));
    }
    after = admit(type, after, Optional.of(before), warnings);
    if (after.equals(before)) {
      return before;
    }
    if (!sameSpec(type, before, after)) {
      Metadata.of(after).node().put("generation", Metadata.of(before).generation() + 1);
    }
    return storeOrFinish(key, after);
  }

  /** Stores, or removes for good when nothing holds a deleted object any longer. */
  ObjectNode storeOrFinish(ObjectKey key, ObjectNode object) {
    Metadata metadata = Metadata.of(object);
    ObjectNode stored = store.put(key, object);
    if (metadata.deleting() && metadata.finalizers().isEmpty() && metadata.graceSeconds() == 0) {
      store.remove(key);
      if (key.plural().equals("customresourcedefinitions")) {
        types.undefine(object);
      }
    } else if (key.plural().equals("customresourcedefinitions")) {
      types.define(stored);
    }
    return stored;
  }

  private Metadata identify(ResourceType type, String namespace, ObjectNode object) {
    if (!object.path("kind").asText(type.kind()).equals(type.kind())
        || !object.path("apiVersion").asText(type.apiVersion()).equals(type.apiVersion())) {
      throw ApiError.badRequest(
          "the object is a %s of %s, the path takes a %s of %s"
              .formatted(
                  object.path("kind").asText(),
                  object.path("apiVersion").asText(),
                  type.kind(),
                  type.apiVersion()));
    }
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    Metadata metadata = Metadata.of(object);
    if (!metadata.resourceVersion().isEmpty()) {
      throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
    }
    Names.fill(type, metadata);
    if (type.namespaced()) {
      requireNamespace(namespace, metadata);
    }
    return metadata;
  }

  private void requireNamespace(String namespace, Metadata metadata) {
    if (!metadata.namespace().isEmpty() && !metadata.namespace().equals(namespace)) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    metadata.node().put("namespace", namespace);
    ResourceType spaces = types.find("", "v1", "namespaces").orElseThrow();
    if (store.get(spaces.key("", namespace)).isEmpty()) {
      throw ApiError.notFound(spaces, namespace);
    }
  }

  private static void keepIdentity(ObjectNode before, ObjectNode after, ObjectNode sent) {
    ObjectNode kept = Metadata.of(before).node();
    ObjectNode metadata = Metadata.of(after).node();
    for (String field :
        List.of(
            "uid",
            "name",
            "namespace",
            "creationTimestamp",
            "generation",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds")) {
      copy(field, kept, metadata);
    }
    JsonNode managed = Metadata.of(sent).node().path("managedFields");
    if (managed.isMissingNode() || managed.isNull()) {
      copy("managedFields", kept, metadata);
    } else {
      metadata.set("managedFields", managed.deepCopy());
    }
    copy("apiVersion", before, after);
    copy("kind", before, after);
  }

  static void copy(String field, ObjectNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.path(field).deepCopy());
    } else {
      to.remove(field);
    }
  }

  private ObjectNode admit(
      ResourceType type,
      ObjectNode object,
      Optional<ObjectNode> before,
      Consumer<String> warnings) {
    if (!type.custom()) {
      return object;
    }
    ResourceAdmission.Verdict verdict = admission.admit(object, before);
    verdict.warnings().forEach(warnings);
    refuse(type, Metadata.of(object).name(), verdict.errors());
    return verdict.object();
  }

  private static void refuse(ResourceType type, String name, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiError.invalid(type, name, errors);
    }
  }

  /** The generation counts changes of everything but metadata and a separate status. */
  private static boolean sameSpec(ResourceType type, ObjectNode before, ObjectNode after) {
    return spec(type, before).equals(spec(type, after));
  }

  private static Map<String, JsonNode> spec(ResourceType type, ObjectNode object) {
    ObjectNode rest = object.deepCopy();
    rest.remove("metadata");
    if (type.status()) {
      rest.remove("status");
    }
    return Json.MAPPER.convertValue(
        rest, new com.fasterxml.jackson.core.type.TypeReference<Map<String, JsonNode>>() {});
  }
}
