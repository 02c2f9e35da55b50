package dev.atelier.local.cli;

import dev.atelier.local.workstation.Resource;
import java.nio.file.Path;

/**
 * A pod and the file that holds what it says.
 *
 * @param file may not be there yet
 */
record PodLog(Resource pod, Path file) {

  /** The stage that the pod runs, such as {@code train}. */
  String stage() {
    return pod.label("app.kubernetes.io/component");
  }

  /** Whether more may be said. */
  boolean running() {
    var phase = pod.status().path("phase").asText("Pending");
    return phase.equals("Pending") || phase.equals("Running");
  }

  /** Which pod it is, for a line above its log. */
  String title() {
    return stage().isEmpty() ? pod.name() : stage() + ", pod " + pod.name();
  }
}
