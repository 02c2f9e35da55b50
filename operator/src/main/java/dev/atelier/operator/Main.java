package dev.atelier.operator;

import dev.atelier.operator.metrics.ApiCallMetrics;
import io.fabric8.kubernetes.client.Config;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's pod. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private Main() {}

  /** Watches until SIGTERM. */
  public static void main(String[] arguments) throws InterruptedException {
    var settings = OperatorSettings.ofEnvironment();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var client =
        KubernetesClients.lean(
            Config.autoConfigure(null),
            Map.of(ApiCallMetrics.NAME, new ApiCallMetrics(registry, System::nanoTime)));
    var operator =
        AtelierOperator.start(
            client,
            registry,
            settings,
            Clock.systemUTC(),
            () -> new Thread(() -> System.exit(1), "leadership-lost").start());
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.close();
                  client.close();
                  stopped.countDown();
                },
                "stop"));
    LOG.info(
        "watching {}", settings.namespaces().isEmpty() ? "all namespaces" : settings.namespaces());
    stopped.await();
  }
}
