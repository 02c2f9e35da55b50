package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Objects;

/** What scheduler and kubelet write about pods. A pod that is gone by now is no error. */
final class PodWriter {
  private final KubernetesClient client;
  private final Clock clock;

  PodWriter(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Binds a pod that no scheduler has bound. */
  void bind(Pod pod, String node) {
    if (pod.getSpec().getNodeName() == null) {
      client
          .resource(pod)
          .edit(
              p -> {
                p.getSpec().setNodeName(node);
                return p;
              });
    }
  }

  /** Writes a status that differs from the one the pod has. */
  void status(Pod pod, PodStatus status) {
    if (status.equals(pod.getStatus())) {
      return;
    }
    unlessGone(
        () ->
            client
                .resource(pod)
                .editStatus(
                    p -> {
                      if (p.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                        p.setStatus(status);
                      }
                      return p;
                    }));
  }

  /** The node is done with a deleted pod. */
  void release(Pod pod) {
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    if (grace == null || grace > 0) {
      unlessGone(() -> client.resource(pod).withGracePeriod(0).delete());
    }
  }

  /** Warns once per pod, reason and message. */
  void warn(Pod pod, String reason, String message) {
    var metadata = pod.getMetadata();
    String name = metadata.getName() + "." + Integer.toHexString(Objects.hash(reason, message));
    var events = client.v1().events().inNamespace(metadata.getNamespace());
    if (events.withName(name).get() != null) {
      return;
    }
    String now = Times.seconds(clock.instant());
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(metadata.getNamespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .endInvolvedObject()
            .withType("Warning")
            .withReason(reason)
            .withMessage(message)
            .withNewSource("kubelet", PodFacts.node(pod))
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1);
    events.resource(event.build()).create();
  }

  private static void unlessGone(Runnable write) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }
}
