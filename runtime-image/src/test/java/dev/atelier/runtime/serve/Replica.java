package dev.atelier.runtime.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.runtime.report.ProgressReporter;
import dev.atelier.runtime.report.StopRequest;
import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.store.ArtifactStore;
import dev.atelier.stage.Stage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A replica with a fake model, asked over real HTTP; it draws when the test says so. */
final class Replica implements AutoCloseable {

  static final String PREFIX = "studio/VideoGenerator/purple-12345678/serving";
  static final Duration KEEP = Duration.ofHours(1);

  private static final ServeTimes TIMES =
      new ServeTimes(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofSeconds(60), KEEP);
  private static final ObjectMapper JSON = new ObjectMapper();

  final ServeContext context;
  final FakeModel model;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ModelService service;
  private final HttpClient client = HttpClient.newHttpClient();

  Replica(ArtifactStore store, Clock clock) {
    this(store, clock, EnumSet.allOf(Api.class), Optional.empty());
  }

  Replica(ArtifactStore store, Clock clock, Set<Api> apis, Optional<Path> key) {
    var progress = new ProgressReporter(Stage.SERVE, clock);
    this.context =
        new ServeContext(
            store,
            PREFIX,
            apis,
            key,
            PromptCheck.shipped(),
            TIMES,
            clock,
            progress,
            new StopRequest(),
            registry);
    this.model = new FakeModel(store, progress);
    try {
      this.service =
          ModelService.start(
              context, model, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer. */
  record Told(int status, HttpHeaders headers, String text) {

    /** A header; empty where there is none. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String type() {
      return header("Content-Type");
    }

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String id() {
      return json().path("id").asText();
    }

    String error(String field) {
      return json().path("error").path(field).asText();
    }
  }

  /** Draws the next request; whether there was one. */
  boolean draw() {
    return service.drawNext();
  }

  /** Works as a pod does, until it is asked to stop. */
  void work() {
    service.work();
  }

  String scrape() {
    return registry.scrape();
  }

  /** Asks for a video and gives its id. */
  String ordered(String prompt) {
    return post("/v1/videos", "{\"prompt\": \"%s\"}".formatted(prompt)).id();
  }

  Told get(String path) {
    return send(request(path).GET());
  }

  Told delete(String path) {
    return send(request(path).DELETE());
  }

  Told post(String path, String json) {
    return posting(path, json).join();
  }

  CompletableFuture<Told> posting(String path, String json) {
    return client
        .sendAsync(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString(UTF_8))
        .thenApply(Replica::told);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:%d%s".formatted(service.port(), path)));
  }

  Told send(HttpRequest.Builder request) {
    try {
      return told(client.send(request.build(), BodyHandlers.ofString(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Told told(HttpResponse<String> response) {
    return new Told(response.statusCode(), response.headers(), response.body());
  }

  @Override
  public void close() {
    context.stop().stop("the test is over");
    service.close();
    registry.close();
  }
}
