package dev.atelier.operator.runtime;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RuntimeStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The next status of a DiffusionRuntime. */
final class NextRuntimeStatus {

  private NextRuntimeStatus() {}

  static RuntimeStatus of(
      DiffusionRuntime runtime, RuntimeObserved seen, RuntimeDecision decision, Instant now) {
    long generation = Objects.requireNonNullElse(runtime.getMetadata().getGeneration(), 0L);
    var present = runtime.getStatus();
    var conditions =
        ConditionSet.of(present == null ? List.of() : present.conditions(), generation, now);
    var next =
        decision.usable()
            ? conditions
                .yes(ConditionType.Ready, decision.reason(), decision.message())
                .without(ConditionType.Stalled)
            : conditions
                .no(ConditionType.Ready, decision.reason(), decision.message())
                .yes(ConditionType.Stalled, decision.reason(), decision.message());
    return new RuntimeStatus(generation, next.toList(), seen.users());
  }
}
