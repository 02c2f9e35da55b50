package dev.atelier.operator.shared;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The API server does not take a child: a webhook, an admission policy or a quota is against it.
 */
public final class Refusal {

  /** Until the child is tried again. */
  public static final Duration RECHECK = Duration.ofSeconds(30);

  private static final Set<Integer> CODES = Set.of(400, 403, 422);

  private Refusal() {}

  /** Whether the status says so already: trying the same again is no news then. */
  public static boolean holds(ConditionSet conditions) {
    return conditions
        .find(ConditionType.Ready)
        .filter(ready -> Reason.PodRefused.name().equals(ready.getReason()))
        .isPresent();
  }

  /**
   * What was said.
   *
   * @return empty if it is no refusal, but a failure that passes
   */
  public static Optional<String> of(KubernetesClientException problem) {
    if (!CODES.contains(problem.getCode())) {
      return Optional.empty();
    }
    var status = problem.getStatus();
    var said = status == null ? problem.getMessage() : status.getMessage();
    return Optional.of(Objects.requireNonNullElse(said, "HTTP " + problem.getCode()));
  }
}
