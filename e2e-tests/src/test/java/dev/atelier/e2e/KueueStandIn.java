package dev.atelier.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays Kueue by its protocol, as far as a Job or JobSet sees it: one with a queue label is
 * suspended and gets a Workload that says why, at admission it gets the node selector of a resource
 * flavor and goes on, at eviction it is suspended again. Kueue does the first in a webhook; this is
 * a moment later, as Kueue itself is for Jobs that were there before it. {@link
 * KueueOnKubernetesTest} asks Kueue itself.
 */
final class KueueStandIn implements AutoCloseable {

  /** Label of the nodes of the flavor that everything is admitted to. */
  static final String FLAVOR = "cloud.provider.com/accelerator";

  /** What Kueue says of a Job that waits. */
  static final String NO_QUOTA =
      "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor a100, 1 more needed";

  /** What Kueue says of a Job that somebody else displaced. */
  static final String PREEMPTED = "Preempted to accommodate a higher priority Workload";

  private static final String QUEUE = "kueue.x-k8s.io/queue-name";

  /** What it queues, and where the template of its pods is. */
  enum Work {
    JOB("batch/v1", "Job", "/spec/template/spec"),
    JOB_SET(
        "jobset.x-k8s.io/v1alpha2", "JobSet", "/spec/replicatedJobs/0/template/spec/template/spec");

    private final String apiVersion;
    private final String kind;
    private final String podSpec;

    Work(String apiVersion, String kind, String podSpec) {
      this.apiVersion = apiVersion;
      this.kind = kind;
      this.podSpec = podSpec;
    }
  }

  private final KubernetesClient client;
  private final String namespace;
  private final Work work;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  private KueueStandIn(KubernetesClient client, String namespace, Work work) {
    this.client = client;
    this.namespace = namespace;
    this.work = work;
    informer =
        all(work.apiVersion, work.kind)
            .withLabel(QUEUE)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(GenericKubernetesResource job) {
                    if (seen.add(job.getMetadata().getUid())) {
                      suspend(job, true);
                      workload(job);
                      say(job, "False", "Pending", NO_QUOTA);
                    }
                  }

                  @Override
                  public void onUpdate(
                      GenericKubernetesResource before, GenericKubernetesResource after) {}

                  @Override
                  public void onDelete(GenericKubernetesResource job, boolean unknown) {}
                });
  }

  /** Defines Workloads, and holds whatever waits in a queue of the namespace. */
  static KueueStandIn start(TestCluster cluster, String namespace, Work work) {
    cluster.define(Path.of("src/test/resources/operator/workload.yaml"));
    return new KueueStandIn(cluster.client("kueue"), namespace, work);
  }

  /** There is quota for the work of a resource. */
  void admit(String resource) {
    var job = find(resource);
    if (work == Work.JOB) {
      neverStarted(job.getMetadata().getName());
    }
    named(job)
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"add\",\"path\":\"%s/nodeSelector\",\"value\":{\"%s\":\"a100\"}}]"
                .formatted(work.podSpec, FLAVOR));
    say(job, "True", "QuotaReserved", "Quota reserved in ClusterQueue studio");
    suspend(job, false);
  }

  /** Somebody of more weight needs the quota. */
  void evict(String resource) {
    var job = find(resource);
    suspend(job, true);
    say(job, "False", "Pending", PREEMPTED);
  }

  @Override
  public void close() {
    informer.close();
    client.close();
  }

  /** The template can be changed only of a Job that never started: Kueue resets that as well. */
  private void neverStarted(String job) {
    var jobs = client.batch().v1().jobs().inNamespace(namespace).withName(job);
    await("a Job without pods")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              var active = jobs.get().getStatus().getActive();
              return active == null || active == 0;
            });
    jobs.subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"startTime\":null}}");
  }

  private void workload(GenericKubernetesResource job) {
    client
        .resource(
            """
            apiVersion: kueue.x-k8s.io/v1beta1
            kind: Workload
            metadata:
              name: %1$s
              namespace: %2$s
              ownerReferences:
                - {apiVersion: %3$s, kind: %4$s, name: %1$s, uid: %5$s, controller: true}
            spec: {queueName: gpus}
            """
                .formatted(
                    job.getMetadata().getName(),
                    namespace,
                    work.apiVersion,
                    work.kind,
                    job.getMetadata().getUid()))
        .create();
  }

  /** What the condition QuotaReserved of its Workload says. */
  private void say(GenericKubernetesResource job, String reserved, String reason, String message) {
    all("kueue.x-k8s.io/v1beta1", "Workload")
        .withName(job.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"conditions\":[{\"type\":\"QuotaReserved\",\"status\":\"%s\",\"reason\":\"%s\",\"message\":\"%s\"}]}}"
                .formatted(reserved, reason, message));
  }

  private GenericKubernetesResource find(String resource) {
    return all(work.apiVersion, work.kind).withLabel(QUEUE).list().getItems().stream()
        .filter(job -> job.getMetadata().getName().startsWith(resource + "-"))
        .findFirst()
        .orElseThrow();
  }

  /** Whatever else happens to it meanwhile. */
  private void suspend(GenericKubernetesResource job, boolean suspended) {
    named(job)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"suspend\":%s}}".formatted(suspended));
  }

  private Resource<GenericKubernetesResource> named(GenericKubernetesResource job) {
    return all(work.apiVersion, work.kind).withName(job.getMetadata().getName());
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      all(String apiVersion, String kind) {
    return client.genericKubernetesResources(apiVersion, kind).inNamespace(namespace);
  }
}
