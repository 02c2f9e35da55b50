package dev.atelier.operator.testing;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** A resource whose conditions tell a person how it is. */
public interface Told {

  /** Conditions of its status. */
  List<Condition> conditions();

  /** Status and reason of Ready: {@code False Training}. */
  default String ready() {
    return ConditionSet.find(conditions(), ConditionType.Ready)
        .map(ready -> "%s %s".formatted(ready.getStatus(), ready.getReason()))
        .orElse("");
  }

  /** Message of Ready. */
  default String message() {
    return ConditionSet.find(conditions(), ConditionType.Ready).orElseThrow().getMessage();
  }

  /** Whether a condition is True. */
  default boolean holds(ConditionType type) {
    return ConditionSet.isTrue(conditions(), type);
  }
}
