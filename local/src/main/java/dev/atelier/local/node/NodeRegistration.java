package dev.atelier.local.node;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Makes this machine known as a node that is ready for pods. */
record NodeRegistration(KubernetesClient client, String name, Clock clock) {

  /** Registers the node with what pods may ask it for, or renews what is known of it. */
  void register(NodeCapacity capacity) {
    var quantities = quantities(capacity);
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(name)
            .addToLabels("kubernetes.io/hostname", name)
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
    if (client.nodes().withName(name).get() == null) {
      client.resource(node).create();
    }
    client.resource(node).patchStatus();
  }

  private static Map<String, Quantity> quantities(NodeCapacity capacity) {
    var all = new HashMap<String, Quantity>();
    all.put("cpu", new Quantity(Double.toString(capacity.cpus())));
    all.put(PodDemand.GPU, new Quantity(Integer.toString(capacity.gpus())));
    all.put("pods", new Quantity(Integer.toString(capacity.pods())));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
      all.put("memory", new Quantity(Long.toString(machine.getTotalMemorySize())));
    }
    return Map.copyOf(all);
  }
}
