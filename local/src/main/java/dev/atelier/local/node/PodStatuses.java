package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.Objects;

/** A pod's status at the turns of its life, as scheduler and kubelet write it. */
final class PodStatuses {
  private final Pod pod;
  private final Instant now;
  private final PodStatus status;
  private final PodConditions conditions;

  PodStatuses(Pod pod, Instant now) {
    this.pod = pod;
    this.now = now;
    this.status = new PodStatusBuilder(pod.getStatus()).build();
    this.conditions = new PodConditions(status, now);
  }

  PodStatus unschedulable(String message) {
    status.setPhase("Pending");
    conditions.isFalse("PodScheduled", "Unschedulable", message);
    return status;
  }

  PodStatus waiting(String reason, String message) {
    placed();
    status.setPhase("Pending");
    notReady();
    var state = new ContainerStateBuilder().withNewWaiting().withReason(reason);
    container(state.withMessage(message.isEmpty() ? null : message).endWaiting().build(), false);
    return status;
  }

  PodStatus running(String ip, Instant started, boolean ready) {
    placed();
    status.setPhase("Running");
    status.setPodIP(ip);
    if (ready) {
      conditions.isTrue("ContainersReady").isTrue("Ready");
    } else {
      notReady();
    }
    container(new ContainerStateBuilder().withNewRunning(Times.seconds(started)).build(), ready);
    return status;
  }

  /** Its container ended and is about to be started again. */
  PodStatus restarting(PodEnd end) {
    placed();
    status.setPhase("Running");
    notReady();
    int restarts = PodFacts.restarts(pod) + 1;
    var waiting =
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason("CrashLoopBackOff")
            .withMessage("the container ended %d times; it is started again".formatted(restarts))
            .endWaiting();
    container(waiting.build(), false);
    var container = status.getContainerStatuses().get(0);
    container.setRestartCount(restarts);
    container.setLastState(terminated(end));
    return status;
  }

  PodStatus ended(PodEnd end) {
    placed();
    status.setPhase(end.succeeded() ? "Succeeded" : "Failed");
    String why = end.succeeded() ? "PodCompleted" : "PodFailed";
    conditions.isFalse("ContainersReady", why, "").isFalse("Ready", why, "");
    if (end.disrupted()) {
      status.setReason("Terminated");
      status.setMessage("Pod was terminated in response to imminent node shutdown.");
      conditions.isTrue("DisruptionTarget", "TerminationByKubelet", status.getMessage());
    }
    container(terminated(end), false);
    return status;
  }

  private ContainerState terminated(PodEnd end) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(end.exitCode())
        .withReason(end.reason())
        .withMessage(end.message().isEmpty() ? null : end.message())
        .withStartedAt(Times.seconds(end.started()))
        .withFinishedAt(Times.seconds(now))
        .endTerminated()
        .build();
  }

  private void notReady() {
    conditions
        .isFalse("ContainersReady", "ContainersNotReady", unready())
        .isFalse("Ready", "ContainersNotReady", unready());
  }

  /** Failed without ever having had a container. */
  PodStatus failed(String reason, String message) {
    status.setPhase("Failed");
    status.setReason(reason);
    status.setMessage(message);
    return status;
  }

  private void placed() {
    conditions.isTrue("PodScheduled").isTrue("Initialized");
    status.setHostIP("127.0.0.1");
    if (status.getQosClass() == null) {
      status.setQosClass("BestEffort");
    }
    if (status.getStartTime() == null) {
      status.setStartTime(Times.seconds(now));
    }
  }

  private void container(ContainerState state, boolean ready) {
    Container container = pod.getSpec().getContainers().get(0);
    ContainerState last =
        PodFacts.containers(pod).stream()
            .map(ContainerStatus::getLastState)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    ContainerStatus built =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withImageID("")
            .withReady(ready)
            .withStarted(state.getRunning() != null)
            .withRestartCount(PodFacts.restarts(pod))
            .withLastState(last)
            .withState(state)
            .build();
    status.setContainerStatuses(java.util.List.of(built));
  }

  private String unready() {
    return "containers with unready status: [%s]"
        .formatted(pod.getSpec().getContainers().get(0).getName());
  }
}
