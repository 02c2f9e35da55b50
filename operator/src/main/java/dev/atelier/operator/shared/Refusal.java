package dev.atelier.operator.shared;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.Reason;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The API server does not take a child: a webhook, an admission policy or a quota is against it.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Until the child is tried again. */
  public static final Duration RECHECK = Duration.ofSeconds(30);

  private static final Set<Integer> CODES = Set.of(400, 403, 422);

  /** A child that must not be taken, whatever the API server says. */
  public Refusal(String said) {
    super(said);
  }

  private Refusal(String said, KubernetesClientException problem) {
    super(said, problem);
  }

  /** Whether the status says so already: trying the same again is no news then. */
  public static boolean holds(ConditionSet conditions) {
    return conditions
        .find(ConditionType.Ready)
        .filter(ready -> Reason.PodRefused.name().equals(ready.getReason()))
        .isPresent();
  }

  /** What to throw where a child was not taken: a refusal, or a failure that passes as it is. */
  public static RuntimeException of(KubernetesClientException problem) {
    if (!CODES.contains(problem.getCode())) {
      return problem;
    }
    var status = problem.getStatus();
    var said = status == null ? problem.getMessage() : status.getMessage();
    return new Refusal(Objects.requireNonNullElse(said, "HTTP " + problem.getCode()), problem);
  }

  /** What the API server said. */
  public String said() {
    return String.valueOf(getMessage());
  }
}
