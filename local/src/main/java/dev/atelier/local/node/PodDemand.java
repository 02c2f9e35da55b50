package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pod takes of its node.
 *
 * @param cpus requested cores
 * @param gpus devices
 */
record PodDemand(double cpus, int gpus) {
  static final String GPU = "nvidia.com/gpu";

  static PodDemand of(Pod pod) {
    double cpus = 0;
    double gpus = 0;
    for (Container container : pod.getSpec().getContainers()) {
      var resources = container.getResources();
      if (resources != null) {
        cpus +=
            amount(resources.getRequests(), "cpu")
                .or(() -> amount(resources.getLimits(), "cpu"))
                .orElse(0.0);
        gpus += amount(resources.getLimits(), GPU).orElse(0.0);
      }
    }
    return new PodDemand(cpus, (int) Math.ceil(gpus));
  }

  private static Optional<Double> amount(Map<String, Quantity> quantities, String name) {
    return Optional.ofNullable(
            Objects.requireNonNullElse(quantities, Map.<String, Quantity>of()).get(name))
        .map(quantity -> quantity.getNumericalAmount().doubleValue());
  }
}
