package dev.atelier.local.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Admits resources of our kinds as the API server does. Other kinds pass as they are. Thread-safe.
 */
public final class Admission {

  private static final String UNCHECKED =
      "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";

  private final CrdSchemas schemas;
  private final CelRules rules;
  private final boolean strict;

  private Admission(CrdSchemas schemas, boolean strict) {
    this.schemas = schemas;
    this.rules = new CelRules();
    this.strict = strict;
  }

  /** Drops unknown fields with a warning, as the API server does for stored objects. */
  public static Admission lenient() {
    return new Admission(CrdSchemas.fromClassPath(), false);
  }

  /** Refuses unknown fields, as {@code kubectl apply} does. */
  public static Admission strict() {
    return new Admission(CrdSchemas.fromClassPath(), true);
  }

  /** Whether the object is of one of our kinds. */
  public boolean knows(JsonNode object) {
    return schemas.of(object).isPresent();
  }

  /**
   * Prunes, completes and checks a resource.
   *
   * @param newObject as it is sent; not changed
   * @param oldObject as it is stored, or null on create
   */
  public AdmissionResult admit(JsonNode newObject, @Nullable JsonNode oldObject) {
    var schema = schemas.of(newObject);
    if (schema.isEmpty() || !(newObject.deepCopy() instanceof ObjectNode object)) {
      return new AdmissionResult(newObject, List.of(), List.of());
    }
    var unknown = Pruning.prune(object, schema.get());
    Defaulting.complete(object, schema.get());
    var check = new SchemaCheck();
    check.check(object, schema.get());
    var errors = new ArrayList<String>(strict ? unknown : List.of());
    errors.addAll(check.errors());
    errors.addAll(
        check.blocksRules()
            ? List.of(UNCHECKED)
            : rules.check(object, completed(oldObject, schema.get()), schema.get()));
    return new AdmissionResult(object, errors, strict ? List.of() : unknown);
  }

  /** The API server completes what it reads from its store too: a CRD may have grown since. */
  private static @Nullable JsonNode completed(@Nullable JsonNode stored, JsonNode schema) {
    if (stored == null || !(stored.deepCopy() instanceof ObjectNode object)) {
      return null;
    }
    Defaulting.complete(object, schema);
    return object;
  }
}
