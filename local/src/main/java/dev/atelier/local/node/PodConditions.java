package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;

/** Conditions of a pod's status. */
final class PodConditions {
  private final PodStatus status;
  private final Instant now;

  PodConditions(PodStatus status, Instant now) {
    this.status = status;
    this.now = now;
  }

  PodConditions isTrue(String type) {
    return set(type, "True", "", "");
  }

  PodConditions isTrue(String type, String reason, String message) {
    return set(type, "True", reason, message);
  }

  PodConditions isFalse(String type, String reason, String message) {
    return set(type, "False", reason, message);
  }

  /** The time of a condition moves only when its truth does. */
  private PodConditions set(String type, String truth, String reason, String message) {
    var before = status.getConditions().stream().filter(c -> c.getType().equals(type)).findFirst();
    String time =
        before
            .filter(c -> c.getStatus().equals(truth))
            .map(c -> c.getLastTransitionTime())
            .orElseGet(() -> Times.seconds(now));
    var condition = new PodConditionBuilder().withType(type).withStatus(truth);
    if (!reason.isEmpty()) {
      condition.withReason(reason).withMessage(message.isEmpty() ? null : message);
    }
    status.getConditions().removeIf(c -> c.getType().equals(type));
    status.getConditions().add(condition.withLastTransitionTime(time).build());
    return this;
  }
}
