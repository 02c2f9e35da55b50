package dev.atelier.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays Kueue by its protocol, as far as a Job sees it: a Job with a queue label is suspended, at
 * admission it gets the node selector of a resource flavor and goes on, at eviction it is suspended
 * again. Kueue does the first in a webhook; this is a moment later, as Kueue itself is for Jobs
 * that were there before it.
 */
final class KueueStandIn implements AutoCloseable {

  /** Label of the nodes of the flavor that everything is admitted to. */
  static final String FLAVOR = "cloud.provider.com/accelerator";

  private static final String QUEUE = "kueue.x-k8s.io/queue-name";

  private final KubernetesClient client;
  private final String namespace;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<Job> jobs;

  private KueueStandIn(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    jobs =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(namespace)
            .withLabel(QUEUE)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Job job) {
                    if (seen.add(job.getMetadata().getUid())) {
                      suspend(job, true);
                    }
                  }

                  @Override
                  public void onUpdate(Job before, Job after) {}

                  @Override
                  public void onDelete(Job job, boolean unknown) {}
                });
  }

  static KueueStandIn start(TestCluster cluster, String namespace) {
    return new KueueStandIn(cluster.client("kueue"), namespace);
  }

  /** There is quota for the Jobs of a model. */
  void admit(String model) {
    await("a Job without pods")
        .atMost(Duration.ofSeconds(60))
        .until(() -> Objects.requireNonNullElse(find(model).getStatus().getActive(), 0) == 0);
    // The template can be changed only of a Job that never started: Kueue resets that as well.
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withName(find(model).getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"startTime\":null}}");
    patch(
        find(model),
        "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"%s\":\"a100\"}}}}}"
            .formatted(FLAVOR));
    suspend(find(model), false);
  }

  /** Somebody of more weight needs the quota. */
  void evict(String model) {
    suspend(find(model), true);
  }

  @Override
  public void close() {
    jobs.close();
    client.close();
  }

  private Job find(String model) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel("atelier.dev/headshotmodel", model)
        .list()
        .getItems()
        .get(0);
  }

  private void suspend(Job job, boolean suspended) {
    patch(job, "{\"spec\":{\"suspend\":%s}}".formatted(suspended));
  }

  /** Whatever else happens to the Job meanwhile. */
  private void patch(Job job, String change) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withName(job.getMetadata().getName())
        .patch(PatchContext.of(PatchType.JSON_MERGE), change);
  }
}
