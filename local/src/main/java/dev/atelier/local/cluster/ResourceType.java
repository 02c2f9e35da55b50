package dev.atelier.local.cluster;

/**
 * One kind that the API serves.
 *
 * @param group API group, empty for the core group
 * @param version API version, for example {@code v1}
 * @param plural the name in paths
 * @param kind the name in objects
 * @param namespaced whether objects live in a namespace
 * @param status whether {@code /status} is a subresource of its own
 * @param custom whether a CustomResourceDefinition declares it
 */
record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    boolean status,
    boolean custom) {

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The name in error messages: {@code jobs.batch}, {@code pods}. */
  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The kind in validation messages: {@code HeadshotModel.atelier.dev}, {@code Pod}. */
  String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  ObjectKey key(String namespace, String name) {
    return new ObjectKey(group, plural, namespaced ? namespace : "", name);
  }
}
