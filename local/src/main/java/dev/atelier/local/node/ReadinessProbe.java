package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A container's readiness probe by HTTP: ready is who answers with 200 to 399.
 *
 * @param period from one question to the next
 */
record ReadinessProbe(String path, int port, Duration period) {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int PERIOD_SECONDS = 10;

  /** The probe of a container; whoever has none is ready as soon as it runs. */
  static Optional<ReadinessProbe> of(Container container) {
    return Optional.ofNullable(container.getReadinessProbe())
        .filter(probe -> probe.getHttpGet() != null)
        .map(
            probe -> {
              var get = probe.getHttpGet();
              Integer period = probe.getPeriodSeconds();
              return new ReadinessProbe(
                  get.getPath() == null ? "/" : get.getPath(),
                  port(container, get.getPort()),
                  Duration.ofSeconds(period == null ? PERIOD_SECONDS : period));
            });
  }

  private static int port(Container container, IntOrString port) {
    return port.getStrVal() == null
        ? port.getIntVal()
        : container.getPorts().stream()
            .filter(named -> port.getStrVal().equals(named.getName()))
            .map(ContainerPort::getContainerPort)
            .findFirst()
            .orElse(0);
  }

  /** Asks once. */
  boolean passes(String address) {
    try {
      var url = URI.create("http://%s:%d%s".formatted(address, port, path)).toURL();
      var connection = (HttpURLConnection) url.openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        int code = connection.getResponseCode();
        return code >= 200 && code < 400;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
