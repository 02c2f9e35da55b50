package dev.atelier.operator.testing;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the conditions of a status tell a person. */
public record Told(List<Condition> conditions) {

  /** Status and reason of Ready: {@code False Training}. */
  public String ready() {
    return ConditionSet.find(conditions, ConditionType.Ready)
        .map(ready -> "%s %s".formatted(ready.getStatus(), ready.getReason()))
        .orElse("");
  }

  /** Message of Ready. */
  public String message() {
    return ConditionSet.find(conditions, ConditionType.Ready).orElseThrow().getMessage();
  }

  /** Whether a condition is True. */
  public boolean holds(ConditionType type) {
    return ConditionSet.isTrue(conditions, type);
  }
}
