package dev.atelier.operator.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request to the API server in RBAC's words.
 *
 * @param verb such as {@code patch}
 * @param group API group, empty for the core
 * @param resource plural, with the subresource: {@code headshotmodels/status}
 */
public record ApiCall(String verb, String group, String resource) {

  /** The call, or empty for a path that is not a resource's, such as discovery. */
  public static Optional<ApiCall> of(String method, String path, String query) {
    var parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    if (parts.size() < 3) {
      return Optional.empty();
    }
    boolean core = parts.get(0).equals("api");
    var rest = parts.subList(Math.min(parts.size(), core ? 2 : 3), parts.size());
    if (rest.size() > 2 && rest.get(0).equals("namespaces")) {
      rest = rest.subList(2, rest.size());
    }
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ApiCall(
                verb(method, rest.size() > 1, query), core ? "" : parts.get(1), resource(rest)));
  }

  private static String resource(List<String> rest) {
    return rest.size() > 2 ? rest.get(0) + "/" + rest.get(2) : rest.get(0);
  }

  private static String verb(String method, boolean named, String query) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> {
        if (query.contains("watch=true")) {
          yield "watch";
        }
        yield named ? "get" : "list";
      }
    };
  }
}
