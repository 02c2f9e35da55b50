package dev.atelier.local.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;

/**
 * The one node of a workstation with the controllers that belong to it: Jobs make pods, pods are
 * processes, claims are folders.
 */
public final class NodeAgent implements AutoCloseable {
  static final String NODE = "workstation";

  private final NodeSettings settings;
  private final NodeRegistration registration;
  private final VolumeBinder binder;
  private final JobController jobs;
  private final PodAgent pods;

  private NodeAgent(KubernetesClient client, NodeSettings settings, Clock clock) {
    this.settings = settings;
    registration = new NodeRegistration(client, NODE, clock);
    binder = new VolumeBinder(client);
    jobs = new JobController(client, new JobBackoff(settings.jobBackoff()), clock);
    pods = new PodAgent(client, settings, Scheduling.here(NODE), clock);
  }

  /**
   * Starts it, after having ended what a node that crashed left running in the same state
   * directory.
   *
   * @param client stays the caller's
   */
  public static NodeAgent start(KubernetesClient client, NodeSettings settings, Clock clock) {
    NodeAgent agent = new NodeAgent(client, settings, clock);
    agent.start();
    return agent;
  }

  private void start() {
    new Orphans(settings.pods()).endNow(settings.orphanGrace());
    registration.register(settings.capacity());
    binder.start();
    pods.start();
    jobs.start();
  }

  /** The process of a pod, if it has one now. */
  public Optional<ProcessHandle> process(String namespace, String pod) {
    return settings.process(namespace, pod);
  }

  /** Ends all pods: SIGTERM, their grace period, SIGKILL; no new ones start. */
  @Override
  public void close() {
    jobs.close();
    pods.close();
    binder.close();
  }
}
