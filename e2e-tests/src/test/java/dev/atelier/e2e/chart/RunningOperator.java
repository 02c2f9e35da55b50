package dev.atelier.e2e.chart;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import dev.atelier.operator.AtelierOperator;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.operator.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An operator on an embedded API that has succeeded at one resource and failed at another. */
final class RunningOperator implements AutoCloseable {

  /** Every write of a resource of this name is refused once it exists. */
  private static final String REFUSED = "refused";

  /** A finalizer that was added counts as a success, but nothing was executed for it. */
  private static final List<String> LIVED =
      List.of(
          "operator_sdk_reconciliations_success_total",
          "operator_sdk_reconciliations_failed_total",
          "operator_sdk_controllers_execution_reconcile_seconds_count");

  private static final String VIDEO =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: VideoGenerator
      metadata: {name: %s, namespace: default}
      spec: {runtimeRef: {name: wan}}
      """;

  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(RunningOperator::admit, Clock.systemUTC());
  private final KubernetesClient client = KubernetesClients.tolerant(cluster.config());
  private final int port = freePort();
  private final AtelierOperator operator;

  private RunningOperator() throws IOException {
    try (var crds = Files.list(Chart.ATELIER.file("files/crds"))) {
      for (Path crd : crds.toList()) {
        client.resource(Files.readString(crd)).create();
      }
    }
    var standard = OperatorSettings.defaults();
    var settings =
        new OperatorSettings(
            standard.runtimeImage(),
            standard.namespaces(),
            standard.progressInterval(),
            standard.eraseRetry(),
            standard.concurrency(),
            port,
            standard.leaderElection(),
            standard.leaseNamespace(),
            standard.isolation());
    operator = AtelierOperator.start(client, settings, Clock.systemUTC());
  }

  static RunningOperator start() throws IOException {
    var running = new RunningOperator();
    for (var name : List.of("clips", REFUSED)) {
      running.client.resource(VIDEO.formatted(name)).create();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> LIVED.stream().allMatch(running.scrape()::contains));
    return running;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The answer of /metrics. */
  String scrape() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url() + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    cluster.close();
  }

  private static ResourceAdmission.Verdict admit(ObjectNode object, Optional<ObjectNode> previous) {
    boolean refused = previous.isPresent() && object.at("/metadata/name").asText().equals(REFUSED);
    return new ResourceAdmission.Verdict(
        object,
        refused
            ? List.of(
                new ResourceAdmission.FieldError(
                    "FieldValueInvalid", "status", "Invalid value: refused by the test"))
            : List.of(),
        List.of());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
