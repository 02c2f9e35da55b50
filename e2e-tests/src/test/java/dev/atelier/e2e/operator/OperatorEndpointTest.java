package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.workstation.Definitions;
import dev.atelier.local.workstation.StrictAdmission;
import dev.atelier.operator.AtelierOperator;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.metrics.ApiCallMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Kubernetes and Prometheus ask the operator. */
class OperatorEndpointTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aRunningOperatorIsAliveReadyAndTellsItsMetrics() throws Exception {
    try (var cluster = EmbeddedCluster.start(new StrictAdmission(), Clock.systemUTC())) {
      Definitions.install(cluster.client());
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      int port = freePort();
      try (var client =
              KubernetesClients.lean(
                  cluster.config(),
                  Map.of(ApiCallMetrics.NAME, new ApiCallMetrics(registry, System::nanoTime)));
          var operator =
              AtelierOperator.start(
                  client, registry, settings(port), Clock.systemUTC(), () -> {})) {
        assertThat(operator.port()).hasValue(port);
        assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
        cluster
            .client()
            .load(new ByteArrayInputStream(Yaml.RUNTIME.getBytes(StandardCharsets.UTF_8)))
            .create();
        await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () ->
                    get(port, "/metrics")
                        .body()
                        .contains(
                            "atelier_api_calls_seconds_count{code=\"200\",resource=\"diffusionruntimes/status\",verb=\"patch\"}"));
        var metrics = get(port, "/metrics").body();
        assertThat(metrics)
            .contains("atelier_erase_age_seconds 0.0")
            .contains("resource=\"headshotmodels\",verb=\"list\"")
            .contains("operator_sdk_reconciliations")
            .doesNotContain("verb=\"watch\"");
      }
    }
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static OperatorSettings settings(int port) {
    return new OperatorSettings(
        "runtime",
        Set.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        2,
        port,
        false,
        "default",
        Optional.empty());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
