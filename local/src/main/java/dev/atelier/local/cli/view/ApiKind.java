package dev.atelier.local.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.local.workstation.Resource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A kind of resource and how {@code get} shows it.
 *
 * @param shortNames such as {@code hsm}
 * @param columns those after NAME
 */
public record ApiKind(
    String group,
    String version,
    String kind,
    String plural,
    List<String> shortNames,
    boolean namespaced,
    List<Column> columns) {

  private static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp");

  /** Reads a CustomResourceDefinition. */
  public static ApiKind of(JsonNode crd) {
    var spec = crd.path("spec");
    var names = spec.path("names");
    var version = spec.path("versions").path(0);
    var columns =
        Resource.stream(version.path("additionalPrinterColumns"))
            .filter(column -> column.path("priority").asInt() == 0)
            .map(Column::of)
            // The generator sorts columns by path; the age belongs last, as everywhere.
            .sorted(Comparator.comparing(column -> column.type().equals("date")))
            .toList();
    return new ApiKind(
        spec.path("group").asText(),
        version.path("name").asText(),
        names.path("kind").asText(),
        names.path("plural").asText(),
        Resource.stream(names.path("shortNames")).map(JsonNode::asText).toList(),
        spec.path("scope").asText().equals("Namespaced"),
        columns.isEmpty() ? List.of(AGE) : columns);
  }

  /** A kind of Kubernetes itself. */
  static ApiKind builtIn(
      String apiVersion, String kind, String plural, String shortName, Column... columns) {
    int slash = apiVersion.indexOf('/');
    return new ApiKind(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        kind,
        plural,
        List.of(shortName),
        true,
        List.of(columns));
  }

  /** Such as {@code atelier.dev/v1alpha1}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Whether a user's word means this kind: kind, singular, plural or short name, any case. */
  public boolean answersTo(String word) {
    var lower = word.toLowerCase(Locale.ROOT);
    var bare = lower.endsWith("." + group) ? lower.substring(0, lower.indexOf('.')) : lower;
    return words().contains(bare);
  }

  /** What a user may type for this kind: short names, plural, singular. */
  List<String> words() {
    return Stream.concat(shortNames.stream(), Stream.of(plural, kind.toLowerCase(Locale.ROOT)))
        .toList();
  }

  /** Whether a resource is of this kind. */
  public boolean holds(Resource resource) {
    return resource.kind().equals(kind) && resource.apiVersion().equals(apiVersion());
  }
}
