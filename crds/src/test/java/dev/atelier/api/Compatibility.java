package dev.atelier.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a newer schema refuses or forgets that an older one took. */
final class Compatibility {

  private static final List<String> LOWER_BOUNDS = List.of("minimum", "minLength", "minItems");
  private static final List<String> UPPER_BOUNDS = List.of("maximum", "maxLength", "maxItems");

  private final List<String> breaks = new ArrayList<>();

  private Compatibility() {}

  /** The breaks, each with the path of the field; empty for a compatible schema. */
  static List<String> breaks(JsonNode released, JsonNode current) {
    var check = new Compatibility();
    check.compare("", released, current);
    return List.copyOf(check.breaks);
  }

  private void compare(String path, JsonNode old, JsonNode now) {
    if (!old.path("type").equals(now.path("type"))) {
      breaks.add("%s: type %s became %s".formatted(path, old.path("type"), now.path("type")));
    }
    if (!old.path("format").equals(now.path("format"))) {
      breaks.add("%s: format %s became %s".formatted(path, old.path("format"), now.path("format")));
    }
    missing(path, "enum value", texts(old.path("enum")), texts(now.path("enum")));
    if (now.has("enum") && !old.has("enum")) {
      breaks.add("%s: an enum is new".formatted(path));
    }
    missing(path, "optional field", texts(now.path("required")), texts(old.path("required")));
    LOWER_BOUNDS.forEach(bound -> raised(path, bound, old, now));
    UPPER_BOUNDS.forEach(bound -> lowered(path, bound, old, now));
    if (now.has("pattern") && !old.path("pattern").equals(now.path("pattern"))) {
      breaks.add("%s: pattern became %s".formatted(path, now.path("pattern")));
    }
    old.path("properties")
        .properties()
        .forEach(
            field -> {
              var name = path + "." + field.getKey();
              var next = now.path("properties").path(field.getKey());
              if (next.isMissingNode()) {
                breaks.add(name + ": removed");
              } else {
                compare(name, field.getValue(), next);
              }
            });
    for (var inner : List.of("items", "additionalProperties")) {
      if (old.path(inner).isObject()) {
        compare(path + "[]", old.path(inner), now.path(inner));
      }
    }
  }

  private void missing(String path, String what, Set<String> wanted, Set<String> there) {
    for (var value : wanted) {
      if (!there.contains(value)) {
        breaks.add("%s: %s %s is gone".formatted(path, what, value));
      }
    }
  }

  private void raised(String path, String bound, JsonNode old, JsonNode now) {
    if (now.has(bound)
        && (!old.has(bound) || now.path(bound).asDouble() > old.path(bound).asDouble())) {
      breaks.add("%s: %s became %s".formatted(path, bound, now.path(bound)));
    }
  }

  private void lowered(String path, String bound, JsonNode old, JsonNode now) {
    if (now.has(bound)
        && (!old.has(bound) || now.path(bound).asDouble() < old.path(bound).asDouble())) {
      breaks.add("%s: %s became %s".formatted(path, bound, now.path(bound)));
    }
  }

  private static Set<String> texts(JsonNode list) {
    var all = new TreeSet<String>();
    list.forEach(value -> all.add(value.asText()));
    return all;
  }
}
