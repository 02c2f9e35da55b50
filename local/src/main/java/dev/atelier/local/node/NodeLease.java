package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The heartbeat of a node: without it a cluster takes the node for lost and evicts its pods. */
final class NodeLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
  private static final String NAMESPACE = "kube-node-lease";

  /** As the kubelet: renewed four times before it would run out. */
  private static final Duration VALID = Duration.ofSeconds(40);

  private final KubernetesClient client;
  private final String node;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread heart = new Thread(task, "node-lease");
            heart.setDaemon(true);
            return heart;
          });

  NodeLease(KubernetesClient client, String node, Clock clock) {
    this.client = client;
    this.node = node;
    this.clock = clock;
  }

  void start() {
    var beating =
        thread.scheduleWithFixedDelay(this::renew, 0, VALID.toSeconds() / 4, TimeUnit.SECONDS);
    LOG.trace("scheduled {}", beating);
  }

  private void renew() {
    var lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withName(node)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .withHolderIdentity(node)
            .withLeaseDurationSeconds((int) VALID.toSeconds())
            .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
            .endSpec()
            .build();
    try {
      client.resource(lease).fieldManager("atelier-node").forceConflicts().serverSideApply();
    } catch (KubernetesClientException e) {
      LOG.warn("cannot renew the lease of node {}, trying again", node, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
