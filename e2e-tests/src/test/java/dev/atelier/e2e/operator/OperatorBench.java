package dev.atelier.e2e.operator;

import static org.awaitility.Awaitility.await;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.local.cluster.EmbeddedCluster;
import dev.atelier.local.cluster.ResourceAdmission;
import dev.atelier.local.workstation.Definitions;
import dev.atelier.operator.AtelierOperator;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Isolation;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** An embedded API, the operator on it, and a hand that plays the rest of Kubernetes. */
final class OperatorBench implements AutoCloseable {

  static final String NAMESPACE = "default";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final RecordedCalls calls = new RecordedCalls();
  final EmbeddedCluster cluster;
  final KubernetesClient user;
  final FakeKubelet kubelet;
  private final KubernetesClient client;
  private final boolean elects;
  private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private AtelierOperator operator;

  private OperatorBench(ResourceAdmission admission, boolean elects) {
    this.elects = elects;
    cluster = EmbeddedCluster.start(admission, Clock.systemUTC());
    user = KubernetesClients.tolerant(cluster.config());
    Definitions.install(user);
    if (elects) {
      jobSet();
      define("workload");
      deployments();
    }
    kubelet = new FakeKubelet(user);
    client = KubernetesClients.lean(cluster.config(), Map.of("calls", calls));
    operator = start();
  }

  static OperatorBench open(ResourceAdmission admission) {
    return new OperatorBench(admission, false);
  }

  /** With all that an operator may have: leader election, Deployments, JobSet and Kueue. */
  static OperatorBench electing(ResourceAdmission admission) {
    return new OperatorBench(admission, true);
  }

  /** The cluster gets the definition of JobSet. */
  void jobSet() {
    define("jobset");
  }

  /** The cluster gets Deployments, which nobody acts on here. */
  void deployments() {
    define("deployment");
  }

  private void define(String neighbour) {
    user.load(OperatorBench.class.getResourceAsStream("/operator/%s.yaml".formatted(neighbour)))
        .serverSideApply();
  }

  /** {@code kubectl apply -f -} */
  void apply(String yaml) {
    user.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> user.resource(item).createOr(NonDeletingOperation::update));
  }

  /** Applies a resource as it is written, fields and values included that this release lacks. */
  void raw(String yaml) {
    var resource = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    user.genericKubernetesResources(resource.getApiVersion(), resource.getKind())
        .inNamespace(NAMESPACE)
        .resource(resource)
        .create();
  }

  HeadshotModel model(String name) {
    return user.resources(HeadshotModel.class).inNamespace(NAMESPACE).withName(name).get();
  }

  GenerationJob generation(String name) {
    return user.resources(GenerationJob.class).inNamespace(NAMESPACE).withName(name).get();
  }

  /** Waits until the Ready condition of a HeadshotModel has the reason. */
  HeadshotModel untilModel(String name, String reason) {
    until(
        "HeadshotModel %s %s".formatted(name, reason),
        () -> {
          var found = model(name);
          return found != null
              && found.getStatus() != null
              && reason.equals(reason(found.getStatus().conditions()));
        });
    return model(name);
  }

  /** Waits until the Ready condition of a GenerationJob has the reason. */
  GenerationJob untilGeneration(String name, String reason) {
    until(
        "GenerationJob %s %s".formatted(name, reason),
        () -> {
          var found = generation(name);
          return found != null
              && found.getStatus() != null
              && reason.equals(reason(found.getStatus().conditions()));
        });
    return generation(name);
  }

  DiffusionRuntime untilRuntime(String name, String reason) {
    var runtimes = user.resources(DiffusionRuntime.class);
    until(
        "DiffusionRuntime %s %s".formatted(name, reason),
        () -> {
          var found = runtimes.withName(name).get();
          return found != null
              && found.getStatus() != null
              && reason.equals(reason(found.getStatus().conditions()));
        });
    return runtimes.withName(name).get();
  }

  void until(String what, Callable<Boolean> condition) {
    try {
      await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s: models %s, events %s"
              .formatted(
                  what,
                  user.resources(HeadshotModel.class).list().getItems(),
                  user.v1().events().inNamespace(NAMESPACE).list().getItems()),
          e);
    }
  }

  /** Waits until the operator reconciled the kind at least once more and then does nothing. */
  void reconciledAgain(String kind, Runnable event) {
    double before = started(kind);
    event.run();
    until("another reconciliation of " + kind, () -> started(kind) > before);
    quiet();
  }

  /** Waits until every reconciliation that was started has ended. */
  void quiet() {
    until("quiet", () -> count("operator.sdk.reconciliations.started", "") == ended());
  }

  void restart() {
    operator.close();
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    calls.forget();
    operator = start();
  }

  double started(String kind) {
    return count("operator.sdk.reconciliations.started", kind);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    user.close();
    cluster.close();
  }

  private AtelierOperator start() {
    var settings =
        new OperatorSettings(
            "atelier-runtime",
            Set.of(),
            Duration.ofMillis(200),
            // Kubernetes tells times in seconds: a pause of one may be none.
            Duration.ofSeconds(3),
            4,
            0,
            elects,
            NAMESPACE,
            Optional.of(new Isolation("atelier-system", Set.of())));
    return AtelierOperator.start(client, registry, settings, Clock.systemUTC(), () -> {});
  }

  private double ended() {
    return count("operator.sdk.reconciliations.success", "")
        + count("operator.sdk.reconciliations.failed", "");
  }

  private double count(String name, String kind) {
    return registry.find(name).counters().stream()
        .filter(counter -> kind.isEmpty() || kind.equals(counter.getId().getTag("kind")))
        .mapToDouble(Counter::count)
        .sum();
  }

  private static String reason(List<Condition> conditions) {
    return ConditionSet.find(conditions, ConditionType.Ready).map(Condition::getReason).orElse("");
  }
}
