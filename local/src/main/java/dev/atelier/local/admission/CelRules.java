package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates {@code x-kubernetes-validations}. A rule that reads {@code oldSelf} is a transition
 * rule: it is evaluated on update only, and where both values are there. Items of lists have no old
 * value, as in the API server for lists without map keys.
 */
final class CelRules {

  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();
  private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
  private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  /** Messages of the rules that the object breaks. */
  List<String> check(JsonNode object, @Nullable JsonNode old, JsonNode schema) {
    var errors = new ArrayList<String>();
    check(FieldPath.ROOT, object, old == null ? NOTHING : old, schema, errors);
    return errors;
  }

  private void check(
      FieldPath path, JsonNode value, JsonNode old, JsonNode schema, List<String> errors) {
    for (var rule : schema.path("x-kubernetes-validations")) {
      problem(rule, value, old, schema)
          .ifPresent(message -> errors.add(error(path, rule, schema, message)));
    }
    if (value.isObject()) {
      for (var field : value.properties()) {
        var known = schema.path("properties").path(field.getKey());
        var type = known.isMissingNode() ? schema.path("additionalProperties") : known;
        check(path.field(field.getKey()), field.getValue(), old.path(field.getKey()), type, errors);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(path.item(i), value.get(i), NOTHING, schema.path("items"), errors);
      }
    }
  }

  private Optional<String> problem(JsonNode rule, JsonNode value, JsonNode old, JsonNode schema) {
    var text = rule.path("rule").asText();
    boolean transition = text.contains("oldSelf");
    if (transition && old.isMissingNode()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, Object>();
    variables.put("self", CelValue.of(value, schema));
    if (transition) {
      variables.put("oldSelf", CelValue.of(old, schema));
    }
    try {
      var kept = programs.computeIfAbsent(text, this::compile).eval(variables);
      return Boolean.TRUE.equals(kept)
          ? Optional.empty()
          : Optional.of(rule.path("message").asText("failed rule: " + text));
    } catch (CelEvaluationException e) {
      return Optional.of("rule evaluation error: " + e.getMessage() + ": " + text);
    }
  }

  private CelRuntime.Program compile(String rule) {
    try {
      return runtime.createProgram(compiler.compile(rule).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("rule of a CRD does not compile: " + rule, e);
    }
  }

  private static String error(FieldPath path, JsonNode rule, JsonNode schema, String message) {
    var at = rule.has("fieldPath") ? path.below(rule.get("fieldPath").asText()) : path;
    return "%s: Invalid value: \"%s\": %s".formatted(at, schema.path("type").asText(), message);
  }
}
