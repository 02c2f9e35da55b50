package dev.atelier.local.cluster;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a resource path.
 *
 * @param method HTTP method
 * @param name empty for collections
 * @param subresource empty for the object itself
 * @param mediaType content type without parameters
 */
record ApiRequest(
    String method,
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    Map<String, String> query,
    String mediaType,
    String body) {

  /** Reads the path; empty when it names no resource (discovery, health). */
  static Optional<ApiRequest> parse(String method, String uri, String contentType, String body) {
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    List<String> parts =
        Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).map(ApiRequest::decode).toList();
    boolean core = !parts.isEmpty() && parts.get(0).equals("api");
    int start = core ? 2 : 3;
    if (parts.size() <= start || (!core && !parts.get(0).equals("apis"))) {
      return Optional.empty();
    }
    String group = core ? "" : parts.get(1);
    String version = parts.get(start - 1);
    List<String> rest = parts.subList(start, parts.size());
    String namespace = "";
    if (inNamespace(rest)) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    return Optional.of(
        new ApiRequest(
            method,
            group,
            version,
            namespace,
            rest.get(0),
            rest.size() > 1 ? rest.get(1) : "",
            rest.size() > 2 ? rest.get(2) : "",
            query(mark < 0 ? "" : uri.substring(mark + 1)),
            contentType.split(";", 2)[0].strip(),
            body));
  }

  /** {@code namespaces/x/status} is the namespace's own status, not a kind called "status". */
  private static boolean inNamespace(List<String> rest) {
    return rest.get(0).equals("namespaces")
        && rest.size() > 2
        && !List.of("status", "finalize").contains(rest.get(2));
  }

  String param(String name) {
    return query.getOrDefault(name, "");
  }

  boolean flag(String name) {
    return List.of("true", "1").contains(param(name));
  }

  boolean collection() {
    return name.isEmpty();
  }

  private static Map<String, String> query(String query) {
    Map<String, String> all = new HashMap<>();
    for (String pair : query.split("&")) {
      String[] sides = pair.split("=", 2);
      all.put(decode(sides[0]), sides.length > 1 ? decode(sides[1]) : "");
    }
    return all;
  }

  private static String decode(String s) {
    return URLDecoder.decode(s, StandardCharsets.UTF_8);
  }
}
