package dev.atelier.runtime.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atelier.runtime.RuntimeSettings;
import dev.atelier.stage.StageGauge;
import dev.atelier.stage.StageJson;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
  private final ProgressReporter reporter;
  private final MultiGauge values;

  private ProgressServer(HttpServer server, ProgressReporter reporter) {
    this.server = server;
    this.reporter = reporter;
    gauge(StageGauge.STEP, () -> reporter.now().step());
    gauge(StageGauge.STEPS, () -> reporter.now().totalSteps());
    gauge(StageGauge.SECONDS_PER_STEP, reporter::secondsPerStep);
    this.values = values();
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
    var server = new ProgressServer(http, reporter);
    server.serve("/progress", "application/json", () -> json(reporter));
    server.serve("/metrics", "text/plain; version=0.0.4", server::scrape);
    server.serve("/healthz", "text/plain", () -> "ok\n");
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What is measured besides the stage's progress. */
  public MeterRegistry meters() {
    return registry;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    registry.close();
  }

  private void gauge(StageGauge gauge, Supplier<Number> value) {
    Gauge.builder(gauge.meter(), value)
        .description(gauge.meaning())
        .tags(stage())
        .register(registry);
  }

  /** One for the whole life: it forgets what is no longer measured, and shows the newest values. */
  private MultiGauge values() {
    return MultiGauge.builder(StageGauge.VALUE.meter())
        .description(StageGauge.VALUE.meaning())
        .tags(stage())
        .register(registry);
  }

  private Tags stage() {
    return Tags.of("stage", reporter.now().stage());
  }

  private synchronized String scrape() {
    values.register(
        reporter.now().metrics().stream()
            .map(
                metric ->
                    MultiGauge.Row.of(Tags.of("name", metric.name()), () -> number(metric.value())))
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
