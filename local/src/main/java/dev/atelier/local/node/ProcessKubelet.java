package dev.atelier.local.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;

/**
 * A node of a cluster that has a control plane of its own. As a kubelet it runs the pods that the
 * cluster's scheduler binds to it and writes their statuses; its pods are processes of this
 * machine, and their claims are the folders of bound {@code local} or {@code hostPath} volumes.
 */
public final class ProcessKubelet implements AutoCloseable {
  private final NodeSettings settings;
  private final NodeRegistration registration;
  private final NodeLease lease;
  private final PodAgent pods;

  private ProcessKubelet(KubernetesClient client, String name, NodeSettings settings, Clock clock) {
    this.settings = settings;
    registration = new NodeRegistration(client, name, clock);
    lease = new NodeLease(client, name, clock);
    pods = new PodAgent(client, settings, Scheduling.byCluster(name), clock);
  }

  /**
   * Joins the cluster as the node of that name.
   *
   * @param client stays the caller's
   */
  public static ProcessKubelet join(
      KubernetesClient client, String name, NodeSettings settings, Clock clock) {
    var kubelet = new ProcessKubelet(client, name, settings, clock);
    new Orphans(settings.pods()).endNow(settings.orphanGrace());
    kubelet.lease.start();
    kubelet.registration.register(settings.capacity());
    kubelet.pods.start();
    return kubelet;
  }

  /** The process of a pod, if it has one now. */
  public Optional<ProcessHandle> process(String namespace, String pod) {
    return settings.process(namespace, pod);
  }

  /** Ends all pods as a node that shuts down does: SIGTERM, their grace period, SIGKILL. */
  @Override
  public void close() {
    pods.close();
    lease.close();
  }
}
