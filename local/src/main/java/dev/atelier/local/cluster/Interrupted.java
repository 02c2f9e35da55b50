package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Pods whose process ended with the process that kept this API. */
final class Interrupted {
  private Interrupted() {}

  /** Marks a running pod as failed by a disruption, as a node shutdown does. */
  static void pod(ObjectKey key, ObjectNode object) {
    String phase = object.at("/status/phase").asText();
    boolean started = object.at("/spec").has("nodeName");
    if (!key.plural().equals("pods")
        || !started
        || List.of("Succeeded", "Failed").contains(phase)) {
      return;
    }
    ObjectNode status = object.withObjectProperty("status");
    status.put("phase", "Failed").put("reason", "NodeShutdown");
    status.put("message", "the workstation was stopped while the pod was running");
    status
        .withArrayProperty("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "TerminationByKubelet")
        .put("message", "the workstation was stopped");
    Metadata metadata = Metadata.of(object);
    if (metadata.deleting()) {
      metadata.node().put("deletionGracePeriodSeconds", 0);
    }
  }
}
