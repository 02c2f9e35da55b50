package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors in their query syntax. */
final class Selector {
  private static final Pattern SET_BASED = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern COMPARED = Pattern.compile("([^=!\\s]+)\\s*(!=|==|=)\\s*(\\S*)");

  private Selector() {}

  /** Parses {@code a=b,c!=d,e,!f,g in (h,i),j notin (k)}. */
  static Predicate<JsonNode> labels(String selector) {
    Predicate<JsonNode> all = o -> true;
    for (String requirement : split(selector)) {
      Predicate<JsonNode> one = labelRequirement(requirement);
      all = all.and(o -> one.test(o.path("metadata").path("labels")));
    }
    return all;
  }

  /** Parses {@code metadata.name=x,status.phase!=Running}. */
  static Predicate<JsonNode> fields(String selector) {
    Predicate<JsonNode> all = o -> true;
    for (String requirement : split(selector)) {
      Matcher m = COMPARED.matcher(requirement);
      if (!m.matches()) {
        throw ApiError.badRequest("invalid field selector: " + requirement);
      }
      String pointer = "/" + m.group(1).replace('.', '/');
      boolean negated = m.group(2).equals("!=");
      String value = m.group(3);
      all = all.and(o -> o.at(pointer).asText().equals(value) != negated);
    }
    return all;
  }

  private static Predicate<JsonNode> labelRequirement(String requirement) {
    Matcher set = SET_BASED.matcher(requirement);
    if (set.matches()) {
      List<String> values =
          Pattern.compile(",").splitAsStream(set.group(3)).map(String::strip).toList();
      return member(set.group(1), values, set.group(2).equals("notin"));
    }
    Matcher compared = COMPARED.matcher(requirement);
    if (compared.matches()) {
      return member(compared.group(1), List.of(compared.group(3)), compared.group(2).equals("!="));
    }
    if (requirement.startsWith("!")) {
      String key = requirement.substring(1).strip();
      return labels -> !labels.has(key);
    }
    return labels -> labels.has(requirement);
  }

  private static Predicate<JsonNode> member(String key, List<String> values, boolean negated) {
    return labels -> (labels.has(key) && values.contains(labels.path(key).asText())) != negated;
  }

  /** Splits at commas outside of parentheses. */
  private static List<String> split(String selector) {
    List<String> parts = new ArrayList<>();
    for (String part : selector.split(",(?![^(]*\\))", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}
