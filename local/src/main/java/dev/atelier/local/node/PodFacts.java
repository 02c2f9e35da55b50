package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Questions about a pod. */
final class PodFacts {
  private PodFacts() {}

  static String phase(Pod pod) {
    return pod.getStatus() == null
        ? ""
        : Objects.requireNonNullElse(pod.getStatus().getPhase(), "");
  }

  /** The node that it is bound to; the one of a workstation as long as it is bound to none. */
  static String node(Pod pod) {
    return Objects.requireNonNullElse(pod.getSpec().getNodeName(), NodeAgent.NODE);
  }

  static boolean succeeded(Pod pod) {
    return phase(pod).equals("Succeeded");
  }

  static boolean failed(Pod pod) {
    return phase(pod).equals("Failed");
  }

  static boolean ended(Pod pod) {
    return succeeded(pod) || failed(pod);
  }

  static boolean deleting(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  static boolean active(Pod pod) {
    return !ended(pod) && !deleting(pod);
  }

  static boolean terminating(Pod pod) {
    return !ended(pod) && deleting(pod);
  }

  static boolean hasCondition(Pod pod, String type, String status) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals(type) && c.getStatus().equals(status));
  }

  static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null ? List.of() : pod.getStatus().getContainerStatuses();
  }

  /** How often its container was started again. */
  static int restarts(Pod pod) {
    return containers(pod).stream()
        .map(ContainerStatus::getRestartCount)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0);
  }

  static Optional<ContainerStateTerminated> terminated(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(s -> s.getTerminated());
  }

  /** When its last container ended; the creation time where none has. */
  static Instant finishedAt(Pod pod) {
    return containers(pod).stream()
        .flatMap(c -> terminated(c).stream())
        .map(ContainerStateTerminated::getFinishedAt)
        .filter(Objects::nonNull)
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElseGet(() -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
  }
}
