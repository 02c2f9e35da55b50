package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graceful shutdown of a node. */
record NodeShutdown(KubernetesClient client, PodWriter writer, Clock clock) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeShutdown.class);
  private static final long DEFAULT_GRACE_SECONDS = 30;

  /** Signals all, then waits for each for as long as its own grace period lasts. */
  void end(Map<String, RunningPod> running) {
    Instant begin = clock.instant();
    running.values().forEach(own -> own.process().terminate());
    running.forEach((uid, own) -> end(uid, own, begin));
  }

  private void end(String uid, RunningPod own, Instant begin) {
    try {
      String[] parts = own.key().split("/", 2);
      Pod pod = client.pods().inNamespace(parts[0]).withName(parts[1]).get();
      boolean known = pod != null && pod.getMetadata().getUid().equals(uid);
      own.process()
          .end(Duration.between(clock.instant(), begin.plus(known ? grace(pod) : Duration.ZERO)));
      if (known) {
        writer.status(pod, new PodStatuses(pod, clock.instant()).ended(own.end().byItsNode()));
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot note the end of pod {}", own.key(), e);
      own.process().kill();
    } catch (InterruptedException e) {
      own.process().kill();
      Thread.currentThread().interrupt();
    }
  }

  private static Duration grace(Pod pod) {
    return Duration.ofSeconds(
        Objects.requireNonNullElse(
            pod.getSpec().getTerminationGracePeriodSeconds(), DEFAULT_GRACE_SECONDS));
  }
}
