package dev.atelier.local.cluster;

import java.util.List;
import java.util.Map;

/**
 * The list shapes of one kind. Paths hold field names only; list items add no element, so the path
 * of a container's environment is {@code [spec, containers, env]}.
 */
interface ListShapes {
  ListShape at(List<String> path);

  /** The {@code patchMergeKey} and {@code listType} markers of the built-in kinds that we serve. */
  ListShapes BUILT_IN = path -> Table.BY_FIELD.getOrDefault(last(path), ListShape.ATOMIC);

  static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  /** Field names are unambiguous in the kinds we serve, so the last name decides. */
  final class Table {
    private Table() {}

    private static final Map<String, ListShape> BY_FIELD =
        Map.ofEntries(
            Map.entry("finalizers", ListShape.SET),
            Map.entry("ownerReferences", ListShape.by("uid")),
            Map.entry("conditions", ListShape.by("type")),
            Map.entry("containers", ListShape.by("name")),
            Map.entry("initContainers", ListShape.by("name")),
            Map.entry("env", ListShape.by("name")),
            Map.entry("volumes", ListShape.by("name")),
            Map.entry("volumeMounts", ListShape.by("mountPath")),
            Map.entry("volumeDevices", ListShape.by("devicePath")),
            Map.entry("imagePullSecrets", ListShape.by("name")),
            Map.entry("hostAliases", ListShape.by("ip")),
            Map.entry("topologySpreadConstraints", ListShape.by("topologyKey")));
  }
}
