package dev.atelier.local.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether another pod fits on the node. */
record Placement(NodeCapacity capacity, Collection<Share> shares) {
  /** What a running pod holds. */
  record Share(PodDemand demand, List<Integer> devices) {}

  /** Why it does not fit, in the words of the scheduler; empty if it does. */
  Optional<String> refusal(PodDemand wanted) {
    double cpus = shares.stream().mapToDouble(s -> s.demand().cpus()).sum();
    List<String> reasons = new ArrayList<>();
    if (shares.size() >= capacity.pods()) {
      reasons.add("1 Too many pods");
    }
    if (wanted.cpus() > 0 && cpus + wanted.cpus() > capacity.cpus()) {
      reasons.add("1 Insufficient cpu");
    }
    if (wanted.gpus() > free().size()) {
      reasons.add("1 Insufficient " + PodDemand.GPU);
    }
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of("0/1 nodes are available: " + String.join(", ", reasons) + ".");
  }

  /** The share of a pod that fits: the free devices with the lowest numbers. */
  Share share(PodDemand wanted) {
    return new Share(wanted, free().subList(0, wanted.gpus()));
  }

  private List<Integer> free() {
    Set<Integer> taken =
        shares.stream().flatMap(s -> s.devices().stream()).collect(Collectors.toSet());
    return IntStream.range(0, capacity.gpus()).filter(i -> !taken.contains(i)).boxed().toList();
  }
}
