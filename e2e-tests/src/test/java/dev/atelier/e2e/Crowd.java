package dev.atelier.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;

/**
 * Many HeadshotModels in a namespace of their own, and the clients that make them and play their
 * kubelets.
 */
record Crowd(KubernetesClient admin, int size) {

  static final String NAMESPACE = "scale";
  private static final int CLIENTS = 8;

  /** The namespace and the runtime are there afterwards, and no model yet. */
  static Crowd prepare(KubernetesClient admin, int size) {
    var story = new Story(admin, NAMESPACE);
    story.createNamespace();
    story.apply(Portraits.runtime("somewhere", yaml -> yaml));
    return new Crowd(admin, size);
  }

  /** An operator that watches them, as the chart runs one for so many. */
  OperatorProcess operator(TestCluster cluster, String user) throws IOException {
    return OperatorProcess.start(
        cluster,
        user,
        Map.of("ATELIER_NAMESPACES", NAMESPACE),
        ShippedOperator.of(size).optionsOfAProcess());
  }

  /** Waits for something that concerns all, and looks rarely. */
  ConditionFactory patiently(String what) {
    return await(what).pollInterval(look()).atMost(patience());
  }

  /** Listing a thousand models more often would be most of what the API server does. */
  private Duration look() {
    return Duration.ofMillis(Math.max(3_000, 3L * size));
  }

  private Duration patience() {
    return Duration.ofMinutes(15 + size / 200);
  }

  /** All models are created. */
  void come() {
    var model = model();
    each(
        IntStream.range(0, size).mapToObj("m-%05d"::formatted).toList(),
        name -> admin.resource(named(model, name)).create());
  }

  /** All of them, as the API server has them. */
  List<GenericKubernetesResource> models() {
    return new Story(admin, NAMESPACE).list("HeadshotModel");
  }

  /** Does the work for each, as fast as the clients can. */
  <T> void each(List<T> all, Consumer<T> work) {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      var done = all.stream().map(one -> clients.submit(() -> work.accept(one))).toList();
      for (var one : done) {
        one.get(patience().toSeconds(), TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      clients.shutdownNow();
    }
  }

  private static GenericKubernetesResource model() {
    return Serialization.unmarshal(
        Portraits.model("any", 5)
            .replace("namespace: default", "namespace: " + NAMESPACE)
            .replace("{name: tiny-portrait}", "{name: somewhere}"),
        GenericKubernetesResource.class);
  }

  private static GenericKubernetesResource named(GenericKubernetesResource model, String name) {
    return new GenericKubernetesResourceBuilder(model)
        .editMetadata()
        .withName(name)
        .endMetadata()
        .build();
  }
}
