package dev.atelier.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Answers /metrics, /livez and /readyz. */
final class OperatorEndpoint implements AutoCloseable {

  private final HttpServer server;

  private OperatorEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts listening on all addresses.
   *
   * @throws IOException if the port is taken
   */
  static OperatorEndpoint start(int port, Operator operator, PrometheusMeterRegistry registry)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(
        Executors.newFixedThreadPool(
            2,
            task -> {
              var thread = new Thread(task, "http");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
    probe(server, "/livez", () -> watching(operator));
    probe(server, "/readyz", () -> operator.getRuntimeInfo().isStarted());
    server.start();
    return new OperatorEndpoint(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** Running, not connected: a watch that reconnects is no reason to restart the process. */
  private static boolean watching(Operator operator) {
    return operator.getRuntimeInfo().getRegisteredControllers().stream()
        .allMatch(OperatorEndpoint::watching);
  }

  private static boolean watching(RegisteredController<?> controller) {
    for (InformerWrappingEventSourceHealthIndicator<?> source :
        controller.getControllerHealthInfo().informerEventSourceHealthIndicators().values()) {
      for (InformerHealthIndicator informer : source.informerHealthIndicators().values()) {
        if (informer.hasSynced() && !informer.isRunning()) {
          return false;
        }
      }
    }
    return true;
  }

  private static void probe(HttpServer server, String path, BooleanSupplier good) {
    server.createContext(
        path,
        exchange -> {
          boolean fine = good.getAsBoolean();
          answer(exchange, fine ? 200 : 503, fine ? "ok\n" : "not now\n");
        });
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
