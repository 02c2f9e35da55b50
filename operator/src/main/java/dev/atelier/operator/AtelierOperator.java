package dev.atelier.operator;

import dev.atelier.operator.generation.GenerationReconciler;
import dev.atelier.operator.headshot.HeadshotReconciler;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.relay.Relays;
import dev.atelier.operator.runtime.RuntimeReconciler;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.video.VideoReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator, wired: runs alone in its pod, or beside other things in one JVM. */
public final class AtelierOperator implements AutoCloseable {

  /** Without an end, at last once a minute: an API server that is down for long comes back. */
  private static final GenericRetry RETRY =
      new GenericRetry()
          .withoutMaxAttempts()
          .setInitialInterval(1_000)
          .setIntervalMultiplier(2)
          .setMaxInterval(60_000);

  private static final Duration TERMINATION = Duration.ofSeconds(10);

  private final Operator operator;
  private final LeaderElection election;
  private final Optional<OperatorEndpoint> endpoint;

  private AtelierOperator(
      Operator operator, LeaderElection election, Optional<OperatorEndpoint> endpoint) {
    this.operator = operator;
    this.election = election;
    this.endpoint = endpoint;
  }

  /**
   * Starts watching. With leader election it returns at once and works as soon as it leads.
   *
   * @param client see {@link KubernetesClients#tolerant}; stays open when the operator is closed
   * @throws UncheckedIOException if the port of the settings is taken
   */
  public static AtelierOperator start(
      KubernetesClient client, OperatorSettings settings, Clock clock) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    return start(client, registry, settings, clock, () -> {});
  }

  /**
   * The same with a registry that others write to as well, such as the client's own interceptor.
   *
   * @param leadershipLost ends the process: another replica works from now on
   * @throws UncheckedIOException if the port of the settings is taken
   */
  public static AtelierOperator start(
      KubernetesClient client,
      PrometheusMeterRegistry registry,
      OperatorSettings settings,
      Clock clock,
      Runnable leadershipLost) {
    var election = new LeaderElection(leadershipLost);
    var metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    var operator =
        new Operator(
            overrider -> {
              overrider
                  .withKubernetesClient(client)
                  .withMetrics(metrics)
                  .withConcurrentReconciliationThreads(settings.concurrency())
                  .withConcurrentWorkflowExecutorThreads(1)
                  .withCloseClientOnStop(false)
                  .withReconciliationTerminationTimeout(TERMINATION)
                  .withInformerStoppedHandler(new LoggingStoppedHandler());
              election
                  .configuration(settings)
                  .ifPresent(overrider::withLeaderElectionConfiguration);
            });
    reconcilers(client, registry, settings, clock)
        .forEach(reconciler -> register(operator, reconciler, settings));
    var endpoint = endpoint(operator, registry, settings);
    operator.start();
    return new AtelierOperator(operator, election, endpoint);
  }

  private static List<Reconciler<? extends HasMetadata>> reconcilers(
      KubernetesClient client,
      PrometheusMeterRegistry registry,
      OperatorSettings settings,
      Clock clock) {
    var events = new Events(client, clock);
    var stages = new StageMetrics(registry);
    var erasures = new ErasureMetrics(registry, clock);
    var relays = Relays.create();
    return List.of(
        new RuntimeReconciler(relays, settings, events, clock),
        new HeadshotReconciler(relays.headshots(), settings, events, stages, erasures, clock),
        new GenerationReconciler(relays, settings, events, stages, erasures, clock),
        new VideoReconciler(relays.videos(), settings, events, stages, erasures, clock));
  }

  /** Port of the HTTP endpoint, if there is one. */
  public Optional<Integer> port() {
    return endpoint.map(OperatorEndpoint::port);
  }

  @Override
  public void close() {
    election.closing();
    endpoint.ifPresent(OperatorEndpoint::close);
    operator.stop();
  }

  private static <P extends HasMetadata> void register(
      Operator operator, Reconciler<P> reconciler, OperatorSettings settings) {
    // What belongs to no namespace is never found in the caches of some.
    boolean everywhere = reconciler instanceof RuntimeReconciler || settings.namespaces().isEmpty();
    operator.register(
        reconciler,
        overrider -> {
          overrider.withRetry(RETRY);
          if (!everywhere) {
            overrider.settingNamespaces(settings.namespaces());
          }
        });
  }

  private static Optional<OperatorEndpoint> endpoint(
      Operator operator, PrometheusMeterRegistry registry, OperatorSettings settings) {
    if (settings.port() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(OperatorEndpoint.start(settings.port(), operator, registry));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on port %d; set ATELIER_PORT to a free one".formatted(settings.port()), e);
    }
  }
}
