package dev.atelier.operator.serving;

import dev.atelier.api.Reason;
import dev.atelier.operator.job.StageState;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many pods serve, and what keeps the others from it. */
record ServingReplicas(ServingSeen seen) {

  /** Pods that are ready, of whichever model. */
  int ready() {
    return status().map(DeploymentStatus::getReadyReplicas).map(ServingReplicas::number).orElse(0);
  }

  /** Whether as many as are wanted serve the present model, and none an earlier one. */
  boolean complete(int wanted) {
    return seen.deployment().filter(ServingReplicas::answered).isPresent()
        && status()
            .filter(one -> number(one.getReplicas()) == wanted)
            .filter(one -> number(one.getUpdatedReplicas()) == wanted)
            .filter(one -> number(one.getReadyReplicas()) == wanted)
            .isPresent();
  }

  /** In words. */
  String count(int wanted) {
    return "%d of %d pods answer".formatted(Math.min(ready(), wanted), wanted);
  }

  /** What keeps pods from being made, or from being ready. */
  Optional<StageState.Waiting> trouble() {
    return seen.trouble().or(this::refused);
  }

  private Optional<StageState.Waiting> refused() {
    return status().stream()
        .flatMap(status -> status.getConditions().stream())
        .filter(one -> "ReplicaFailure".equals(one.getType()))
        .filter(one -> "True".equals(one.getStatus()))
        .findFirst()
        .map(DeploymentCondition::getMessage)
        .map(
            message ->
                new StageState.Waiting(
                    message.contains("exceeded quota") ? Reason.QuotaPending : Reason.PodRefused,
                    message));
  }

  /** Whether the Deployment's controller has seen its newest spec. */
  private static boolean answered(Deployment deployment) {
    var status = deployment.getStatus();
    return status != null
        && status.getObservedGeneration() != null
        && status.getObservedGeneration()
            >= Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
  }

  private Optional<DeploymentStatus> status() {
    return seen.deployment().map(Deployment::getStatus);
  }

  private static int number(@Nullable Integer number) {
    return Objects.requireNonNullElse(number, 0);
  }
}
