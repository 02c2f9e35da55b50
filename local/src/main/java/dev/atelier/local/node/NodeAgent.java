package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The one node of a workstation with the controllers that belong to it: Jobs make pods, pods are
 * processes, claims are folders.
 */
public final class NodeAgent implements AutoCloseable {
  static final String NODE = "workstation";

  private final KubernetesClient client;
  private final NodeSettings settings;
  private final Clock clock;
  private final VolumeBinder binder;
  private final JobController jobs;
  private final PodAgent pods;

  private NodeAgent(KubernetesClient client, NodeSettings settings, Clock clock) {
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    binder = new VolumeBinder(client);
    jobs = new JobController(client, new JobBackoff(settings.jobBackoff()), clock);
    pods = new PodAgent(client, settings, clock);
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
    try {
      new Orphans(settings.pods()).end(settings.orphanGrace());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for processes of the last run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the last run's processes ended", e);
    }
    register();
    binder.start();
    pods.start();
    jobs.start();
  }

  private void register() {
    var capacity = settings.capacity();
    Map<String, Quantity> quantities =
        Map.of(
            "cpu",
            new Quantity(Double.toString(capacity.cpus())),
            PodDemand.GPU,
            new Quantity(Integer.toString(capacity.gpus())),
            "pods",
            new Quantity(Integer.toString(capacity.pods())));
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NODE)
            .addToLabels("kubernetes.io/os", System.getProperty("os.name"))
            .addToLabels("kubernetes.io/arch", System.getProperty("os.arch"))
            .endMetadata()
            .withNewStatus()
            .withCapacity(quantities)
            .withAllocatable(quantities)
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .withReason("WorkstationReady")
            .withLastTransitionTime(Times.seconds(clock.instant()))
            .endCondition()
            .endStatus()
            .build();
    if (client.nodes().withName(NODE).get() == null) {
      client.resource(node).create();
    }
    client.resource(node).patchStatus();
  }

  /** The process of a pod, if it has one now. */
  public Optional<ProcessHandle> process(String namespace, String pod) {
    return PidFile.read(settings.pod(namespace, pod).pid()).flatMap(PidFile::process);
  }

  /** Ends all pods: SIGTERM, their grace period, SIGKILL; no new ones start. */
  @Override
  public void close() {
    jobs.close();
    pods.close();
    binder.close();
  }
}
