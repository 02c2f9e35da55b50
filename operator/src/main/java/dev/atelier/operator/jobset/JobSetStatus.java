package dev.atelier.operator.jobset;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/**
 * How far a JobSet is.
 *
 * @param restarts of all its Jobs so far
 */
public record JobSetStatus(List<Condition> conditions, Integer restarts) {

  public JobSetStatus {
    conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
    restarts = Objects.requireNonNullElse(restarts, 0);
  }
}
