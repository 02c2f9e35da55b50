package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import java.io.IOException;

/** A pod that has a process. */
record RunningPod(
    String key,
    Container container,
    PodFiles files,
    PodProcess process,
    String ip,
    Placement.Share share) {

  /** How it ended, once its process has. */
  PodEnd end() {
    int exitCode = process.exitCode();
    try {
      String words =
          PodEnd.lastWords(
              files.inside(container.getTerminationMessagePath()),
              files.log(),
              exitCode,
              container.getTerminationMessagePolicy());
      return PodEnd.of(exitCode, words, process.started());
    } catch (IOException e) {
      return PodEnd.of(exitCode, "the termination message cannot be read: " + e, process.started());
    }
  }
}
