package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.Optional;

/** Conditions of a Job's status. */
final class JobConditions {
  private JobConditions() {}

  static Optional<JobCondition> isTrue(JobStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type) && c.getStatus().equals("True"))
        .findFirst();
  }

  static boolean finished(Job job) {
    return job.getStatus() != null
        && (isTrue(job.getStatus(), "Complete").isPresent()
            || isTrue(job.getStatus(), "Failed").isPresent());
  }

  /** Sets a condition; its time moves only when its status does. */
  static void set(
      JobStatus status, String type, boolean value, String reason, String message, Instant now) {
    String truth = value ? "True" : "False";
    if (status.getConditions().stream()
        .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals(truth))) {
      return;
    }
    status.getConditions().removeIf(c -> c.getType().equals(type));
    status
        .getConditions()
        .add(
            new JobConditionBuilder()
                .withType(type)
                .withStatus(truth)
                .withReason(reason)
                .withMessage(message)
                .withLastProbeTime(Times.seconds(now))
                .withLastTransitionTime(Times.seconds(now))
                .build());
  }
}
