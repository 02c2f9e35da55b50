package dev.atelier.local.cli;

import dev.atelier.local.workstation.Connection;
import dev.atelier.local.workstation.Resource;
import dev.atelier.local.workstation.StateDirectory;
import dev.atelier.local.workstation.UserError;
import dev.atelier.local.workstation.VolumePaths;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Where the resources are that a command is about: a state directory of this machine, or a
 * namespace of a cluster.
 *
 * @param cluster how to reach it; empty for this machine
 */
record Place(StateDirectory state, Optional<Config> cluster) {

  /** The resources; a cluster is asked for one namespace, for which rights suffice. */
  ResourceSource source() {
    return cluster
        .<ResourceSource>map(
            config -> new ApiSource(client(config), Optional.of(config.getNamespace()), true))
        .orElseGet(() -> ResourceSource.of(state));
  }

  /**
   * A client of the API, for a command that writes.
   *
   * @throws UserError if no run is active on this machine
   */
  KubernetesClient writer() {
    return client(
        cluster
            .or(() -> Connection.active(state).map(Connection::config))
            .orElseThrow(
                () ->
                    new UserError(
                        "no run is active in " + state.root(),
                        "Start one with ./atelier run FILE, or name a cluster with --cluster.")));
  }

  /** Folders behind claims; of a cluster none is here. */
  VolumePaths volumes(List<Resource> claims) {
    return cluster.isPresent() ? VolumePaths.elsewhere() : new VolumePaths(state, claims);
  }

  /** Files with what pods say. */
  LogFiles logs(boolean follow) {
    return cluster
        .<LogFiles>map(config -> new FetchedLogs(client(config), follow))
        .orElseGet(() -> pod -> state.podLog(pod.namespace(), pod.name()));
  }

  private static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
