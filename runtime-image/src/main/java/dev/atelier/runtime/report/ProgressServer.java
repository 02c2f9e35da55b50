package dev.atelier.runtime.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.stage.StageJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /progress} (JSON), {@code /metrics} (Prometheus) and {@code /healthz}. */
public final class ProgressServer implements AutoCloseable {

  private static final ObjectMapper JSON = StageJson.json();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, ProgressServer::daemon);
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private ProgressServer(HttpServer server) {
    this.server = server;
  }

  /** Starts serving. */
  public static ProgressServer start(RuntimeSettings settings, ProgressReporter reporter)
      throws IOException {
    var address = new InetSocketAddress(settings.address(), settings.port());
    HttpServer http;
    try {
      http = HttpServer.create(address, 16);
    } catch (IOException e) {
      throw new IOException(
          "cannot serve progress on %s: %s; is another process using the port?"
              .formatted(address, e.getMessage()),
          e);
    }
    var server = new ProgressServer(http);
    server.measure(reporter);
    server.serve("/progress", "application/json", () -> json(reporter));
    server.serve("/metrics", "text/plain; version=0.0.4", () -> server.scrape(reporter));
    server.serve("/healthz", "text/plain", () -> "ok\n");
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    registry.close();
  }

  private void measure(ProgressReporter reporter) {
    var stage = Tags.of("stage", reporter.now().stage());
    Gauge.builder("atelier.stage.step", () -> reporter.now().step())
        .description("Steps done in the current activity")
        .tags(stage)
        .register(registry);
    Gauge.builder("atelier.stage.steps", () -> reporter.now().totalSteps())
        .description("Steps of the current activity")
        .tags(stage)
        .register(registry);
    Gauge.builder("atelier.stage.seconds.per.step", reporter::secondsPerStep)
        .description("Mean duration of the recent steps")
        .tags(stage)
        .register(registry);
  }

  private String scrape(ProgressReporter reporter) {
    var now = reporter.now();
    MultiGauge.builder("atelier.stage.value")
        .description("Newest value of what the stage measures, such as the loss")
        .tags(Tags.of("stage", now.stage()))
        .register(registry)
        .register(
            now.metrics().stream()
                .map(
                    metric ->
                        MultiGauge.Row.of(
                            Tags.of("name", metric.name()), () -> number(metric.value())))
                .toList(),
            true);
    return registry.scrape();
  }

  private void serve(String path, String mediaType, Supplier<String> body) {
    server.createContext(path, exchange -> answer(exchange, mediaType, body.get()));
  }

  private static void answer(HttpExchange exchange, String mediaType, String body)
      throws IOException {
    try (exchange) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", mediaType);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String json(ProgressReporter reporter) {
    try {
      return JSON.writeValueAsString(reporter.now());
    } catch (IOException e) {
      throw new IllegalStateException("progress is always JSON", e);
    }
  }

  private static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
