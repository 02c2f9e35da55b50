package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The paths that say what is served: {@code /version}, {@code /api}, {@code /apis}. */
final class Discovery {
  private final ResourceTypes types;

  Discovery(ResourceTypes types) {
    this.types = types;
  }

  Optional<ObjectNode> get(String path) {
    List<String> parts = List.of(path.replaceAll("^/+|/+$", "").split("/"));
    return switch (parts.get(0)) {
      case "version" ->
          Optional.of(
              FieldSets.empty().put("major", "1").put("minor", "33").put("gitVersion", "v1.33.0"));
      case "livez", "readyz", "healthz" -> Optional.of(FieldSets.empty().put("status", "ok"));
      case "api" -> parts.size() == 1 ? Optional.of(versions()) : resources("", parts.get(1));
      case "apis" ->
          switch (parts.size()) {
            case 1 -> Optional.of(groups());
            case 2 -> group(parts.get(1));
            default -> resources(parts.get(1), parts.get(2));
          };
      default -> Optional.empty();
    };
  }

  private static ObjectNode versions() {
    ObjectNode all = FieldSets.empty().put("kind", "APIVersions");
    all.putArray("versions").add("v1");
    return all;
  }

  private ObjectNode groups() {
    ObjectNode list = FieldSets.empty().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = list.putArray("groups");
    var names = new TreeSet<String>();
    types.all().stream().map(ResourceType::group).filter(g -> !g.isEmpty()).forEach(names::add);
    names.forEach(name -> group(name).ifPresent(groups::add));
    return list;
  }

  private Optional<ObjectNode> group(String name) {
    var versions = new TreeSet<String>();
    types.all().stream()
        .filter(t -> t.group().equals(name))
        .map(ResourceType::version)
        .forEach(versions::add);
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode group = FieldSets.empty().put("kind", "APIGroup").put("apiVersion", "v1");
    group.put("name", name);
    var list = group.putArray("versions");
    versions.forEach(v -> list.addObject().put("groupVersion", name + "/" + v).put("version", v));
    group.set("preferredVersion", list.path(list.size() - 1));
    return Optional.of(group);
  }

  private Optional<ObjectNode> resources(String group, String version) {
    ObjectNode list = FieldSets.empty().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    var resources = list.putArray("resources");
    for (ResourceType type : types.all()) {
      if (type.group().equals(group) && type.version().equals(version)) {
        add(resources.addObject(), type, type.plural());
        if (type.status()) {
          add(resources.addObject(), type, type.plural() + "/status");
        }
      }
    }
    return resources.isEmpty() ? Optional.empty() : Optional.of(list);
  }

  private static void add(ObjectNode resource, ResourceType type, String name) {
    resource.put("name", name).put("kind", type.kind()).put("namespaced", type.namespaced());
    resource.put("singularName", "");
    var verbs = resource.putArray("verbs");
    List.of("create", "delete", "get", "list", "patch", "update", "watch").forEach(verbs::add);
  }
}
