package dev.atelier.runtime.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.tensor.NearestName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of a request, of JSON or of a form. Numbers may be written as texts: forms know
 * nothing else, and the protocol itself has {@code "seconds": "4"}. A field that is null is absent.
 */
final class AskedFields {

  private final Map<String, JsonNode> fields;

  AskedFields(Map<String, JsonNode> given) {
    this.fields = new TreeMap<>(given);
    fields.values().removeIf(JsonNode::isNull);
  }

  /**
   * Refuses what is not known.
   *
   * @param known fields that mean something here
   * @param ignored fields that change nothing, with the values they may have; none for any
   */
  void requireKnown(Set<String> known, Map<String, Set<String>> ignored) {
    for (var field : fields.entrySet()) {
      var name = field.getKey();
      var harmless = ignored.get(name);
      if (known.contains(name)) {
        continue;
      }
      if (harmless == null) {
        var all = new TreeSet<>(known);
        all.addAll(ignored.keySet());
        throw RequestProblem.of(
            name,
            "there is no field '%s'; did you mean '%s'? Leave it out, or use one of %s"
                .formatted(name, NearestName.of(name, all).orElseThrow(), known));
      }
      var value = field.getValue().asText();
      if (!harmless.isEmpty() && !harmless.contains(value)) {
        throw RequestProblem.of(
            name,
            "%s: '%s' cannot be done here; leave it out, or use one of %s"
                .formatted(name, value, new TreeSet<>(harmless)));
      }
    }
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  Optional<JsonNode> node(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** A text of at most so many characters. */
  Optional<String> text(String name, int longest) {
    var node = node(name);
    node.ifPresent(
        given -> {
          if (!given.isTextual()) {
            throw RequestProblem.of(name, name + " must be a text");
          }
          int length = given.textValue().length();
          if (length > longest) {
            throw RequestProblem.of(
                name,
                "%s has %d characters, at most %d are read; shorten it"
                    .formatted(name, length, longest));
          }
        });
    return node.map(JsonNode::textValue);
  }

  /** A whole number. */
  Optional<Long> integer(String name, long least, long most) {
    return node(name)
        .map(
            node -> {
              var text = node.asText().strip();
              if (!(node.isIntegralNumber() || node.isTextual())
                  || !text.matches("-?[0-9]{1,18}")) {
                throw wrong(name, node, "a whole number from %d to %d".formatted(least, most));
              }
              long value = Long.parseLong(text);
              if (value < least || value > most) {
                throw wrong(name, node, "a whole number from %d to %d".formatted(least, most));
              }
              return value;
            });
  }

  /** A number. */
  Optional<Double> decimal(String name, double least, double most) {
    return node(name)
        .map(
            node -> {
              var text = node.asText().strip();
              var range = String.format(Locale.ROOT, "a number from %s to %s", least, most);
              if (!(node.isNumber() || node.isTextual())
                  || !text.matches("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?")) {
                throw wrong(name, node, range);
              }
              double value = Double.parseDouble(text);
              if (value < least || value > most) {
                throw wrong(name, node, range);
              }
              return value;
            });
  }

  private static RequestProblem wrong(String name, JsonNode node, String right) {
    return RequestProblem.of(name, "%s is %s, it must be %s".formatted(name, node, right));
  }
}
