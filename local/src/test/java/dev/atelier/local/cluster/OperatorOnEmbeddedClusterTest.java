package dev.atelier.local.cluster;

import static io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator with production defaults (server-side apply everywhere, leader election) runs. */
class OperatorOnEmbeddedClusterTest {
  private final ApiCalls calls = new ApiCalls();
  private final EaselReconciler reconciler = new EaselReconciler();
  private final EmbeddedCluster cluster =
      EmbeddedCluster.start(ResourceAdmission.always(), Clock.systemUTC());
  private final KubernetesClient client = cluster.client();
  private final Operator operator =
      new Operator(
          o ->
              o.withKubernetesClient(calls.client(cluster))
                  .withLeaderElectionConfiguration(
                      aLeaderElectionConfiguration("easel-leader")
                          .withLeaseNamespace("default")
                          .withExitOnStopLeading(false)
                          .build()));

  @BeforeEach
  void startOperator() {
    client.load(getClass().getResourceAsStream("/cluster/easels.yaml")).create();
    operator.register(reconciler);
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.stop();
    cluster.close();
  }

  @Test
  void theFirstReconcileWritesFourTimesAndTheSecondNotAtAll() {
    client.resource(Easel.named("oak", "red")).create();
    awaitColour("oak", "red");
    assertThat(calls.writes())
        .filteredOn(c -> !c.contains("lease") && !c.contains("authorization"))
        .containsExactlyInAnyOrder(
            "PATCH /apis/test.atelier.dev/v1/namespaces/default/easels/oak",
            "POST /api/v1/namespaces/default/configmaps",
            "PATCH /apis/batch/v1/namespaces/default/jobs/oak",
            "PATCH /apis/test.atelier.dev/v1/namespaces/default/easels/oak/status");
    calls.clear();
    int before = reconciler.reconciles.get();
    client
        .resources(Easel.class)
        .inNamespace("default")
        .withName("oak")
        .edit(
            e -> {
              e.getMetadata().setLabels(java.util.Map.of("touched", "yes"));
              e.getMetadata().setAnnotations(java.util.Map.of("touched", "yes"));
              return e;
            });
    // A change of the Job's status is an event for the owner and changes nothing that we write.
    client
        .resources(Job.class)
        .inNamespace("default")
        .withName("oak")
        .editStatus(
            j -> {
              j.getStatus().setActive(1);
              return j;
            });
    await().until(() -> reconciler.reconciles.get() > before);
    assertThat(calls.writes()).filteredOn(c -> !c.contains("lease")).isEmpty();
  }

  @Test
  void aDriftedChildIsRepairedAndAChangedSpecReachesIt() {
    client.resource(Easel.named("oak", "red")).create();
    awaitColour("oak", "red");
    var sketch = client.configMaps().inNamespace("default").withName("oak");
    sketch.edit(
        c -> {
          c.getData().put("colour", "grey");
          return c;
        });
    await().until(() -> "red".equals(sketch.require().getData().get("colour")));
    client
        .resources(Easel.class)
        .inNamespace("default")
        .withName("oak")
        .edit(
            e -> {
              e.setSpec(new Easel.Spec("blue"));
              return e;
            });
    awaitColour("oak", "blue");
    assertThat(sketch.require().getData()).containsEntry("colour", "blue");
  }

  @Test
  void deletionRunsTheCleanerAndCollectsTheChildren() {
    client.resource(Easel.named("oak", "red")).create();
    awaitColour("oak", "red");
    client.resources(Easel.class).inNamespace("default").withName("oak").delete();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                client.configMaps().inNamespace("default").withName("oak").get() == null
                    && client.batch().v1().jobs().inNamespace("default").withName("oak").get()
                        == null);
    assertThat(reconciler.cleanups).hasValue(1);
    assertThat(client.resources(Easel.class).inNamespace("default").list().getItems()).isEmpty();
  }

  private void awaitColour(String name, String colour) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var status =
                  client.resources(Easel.class).inNamespace("default").withName(name).get();
              return status.getStatus() != null && colour.equals(status.getStatus().colour());
            });
  }
}
