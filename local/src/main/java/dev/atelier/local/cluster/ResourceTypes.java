package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds the API serves: the built-in ones below, and those of CustomResourceDefinitions. */
final class ResourceTypes {
  private final Map<String, ResourceType> byPath = new ConcurrentHashMap<>();
  private final Map<String, ListShapes> shapes = new ConcurrentHashMap<>();

  ResourceTypes() {
    core("namespaces", "Namespace", false, true);
    core("nodes", "Node", false, true);
    core("persistentvolumes", "PersistentVolume", false, true);
    core("pods", "Pod", true, true);
    core("configmaps", "ConfigMap", true, false);
    core("secrets", "Secret", true, false);
    core("services", "Service", true, true);
    core("serviceaccounts", "ServiceAccount", true, false);
    core("persistentvolumeclaims", "PersistentVolumeClaim", true, true);
    core("events", "Event", true, false);
    builtIn("batch", "v1", "jobs", "Job", true, true);
    builtIn("coordination.k8s.io", "v1", "leases", "Lease", true, false);
    builtIn("events.k8s.io", "v1", "events", "Event", true, false);
    builtIn("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true, false);
    builtIn("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false, false);
    builtIn("rbac.authorization.k8s.io", "v1", "roles", "Role", true, false);
    builtIn("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", true, false);
    builtIn("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", false, false);
    builtIn(
        "rbac.authorization.k8s.io",
        "v1",
        "clusterrolebindings",
        "ClusterRoleBinding",
        false,
        false);
    builtIn(
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        "CustomResourceDefinition",
        false,
        true);
  }

  private void core(String plural, String kind, boolean namespaced, boolean status) {
    builtIn("", "v1", plural, kind, namespaced, status);
  }

  private void builtIn(
      String group, String version, String plural, String kind, boolean namespaced, boolean st) {
    add(new ResourceType(group, version, plural, kind, namespaced, st, false));
  }

  private void add(ResourceType type) {
    byPath.put(path(type.group(), type.version(), type.plural()), type);
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }

  Optional<ResourceType> find(String group, String version, String plural) {
    return Optional.ofNullable(byPath.get(path(group, version, plural)));
  }

  Optional<ResourceType> ofKind(String apiVersion, String kind) {
    return byPath.values().stream()
        .filter(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(kind))
        .findFirst();
  }

  Collection<ResourceType> all() {
    return byPath.values();
  }

  /** How lists of this kind merge: the schema says so for custom kinds, a table for the others. */
  ListShapes shapes(ResourceType type) {
    return shapes.getOrDefault(
        path(type.group(), type.version(), type.plural()), ListShapes.BUILT_IN);
  }

  /** Serves the kinds of a CustomResourceDefinition from now on. */
  void define(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    JsonNode names = spec.path("names");
    String group = spec.path("group").asText();
    for (JsonNode version : spec.path("versions")) {
      if (!version.path("served").asBoolean(true)) {
        continue;
      }
      var type =
          new ResourceType(
              group,
              version.path("name").asText(),
              names.path("plural").asText(),
              names.path("kind").asText(),
              "Namespaced".equals(spec.path("scope").asText()),
              version.path("subresources").has("status"),
              true);
      add(type);
      shapes.put(
          path(group, type.version(), type.plural()),
          new SchemaListShapes(version.path("schema").path("openAPIV3Schema")));
    }
  }

  /** Stops serving the kinds of a deleted CustomResourceDefinition. */
  void undefine(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    byPath
        .values()
        .removeIf(
            t ->
                t.custom()
                    && t.group().equals(spec.path("group").asText())
                    && t.plural().equals(spec.path("names").path("plural").asText()));
  }
}
