package dev.atelier.local.workstation;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What runs resources: an API that holds them, and the controllers behind it. Opened with the
 * resources of the last run, before any controller works.
 */
public interface Platform extends AutoCloseable {

  /** A client of the API. */
  KubernetesClient client();

  /** Starts operator and node agent. */
  void start();

  /** Writes the resources into the state directory. */
  void save();

  /**
   * Stops pods and controllers, and saves; the API can still be read. Pods get SIGTERM, and time to
   * write a checkpoint.
   */
  void stop();

  /** Stops what still runs, and the API. */
  @Override
  void close();

  /** Opens platforms. */
  @FunctionalInterface
  interface Opener {
    /** Opens the platform of a state directory whose lock the caller holds. */
    Platform open(StateDirectory state);
  }
}
