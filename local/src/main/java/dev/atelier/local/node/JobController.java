package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out {@link JobDecision} for every Job, one at a time and on fresh reads. */
final class JobController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobController.class);

  private final KubernetesClient client;
  private final JobBackoff backoff;
  private final Clock clock;
  private final WorkQueue queue = new WorkQueue("job-controller", this::sync);
  private final SharedIndexInformer<Job> jobs;
  private final SharedIndexInformer<Pod> pods;

  JobController(KubernetesClient client, JobBackoff backoff, Clock clock) {
    this.client = client;
    this.backoff = backoff;
    this.clock = clock;
    jobs = client.batch().v1().jobs().inAnyNamespace().runnableInformer(0);
    pods = client.pods().inAnyNamespace().runnableInformer(0);
    jobs.addEventHandler(new OnAny<>(job -> queue.add(key(job, job.getMetadata().getName()))));
    pods.addEventHandler(
        new OnAny<>(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .filter(owner -> owner.getKind().equals("Job"))
                    .forEach(owner -> queue.add(key(pod, owner.getName())))));
  }

  void start() {
    jobs.start();
    pods.start();
  }

  private static String key(HasMetadata object, String name) {
    return object.getMetadata().getNamespace() + "/" + name;
  }

  private void sync(String key) {
    String[] parts = key.split("/", 2);
    Job job = client.batch().v1().jobs().inNamespace(parts[0]).withName(parts[1]).get();
    List<Pod> controlled =
        client.pods().inNamespace(parts[0]).list().getItems().stream()
            .filter(p -> owner(p, parts[1]))
            .toList();
    List<Pod> own = controlled.stream().filter(p -> job != null && owned(p, job)).toList();
    controlled.stream().filter(p -> !own.contains(p)).forEach(this::untrack);
    if (job != null) {
      carryOut(job, JobDecision.of(job, own, clock.instant(), backoff), key);
    }
  }

  private static boolean owner(Pod pod, String job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(o -> o.getKind().equals("Job") && o.getName().equals(job));
  }

  private static boolean owned(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .anyMatch(job.getMetadata().getUid()::equals);
  }

  private void carryOut(Job job, JobPlan plan, String key) {
    if (plan.expired()) {
      client.resource(job).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
      return;
    }
    if (!plan.status().equals(job.getStatus())) {
      job.setStatus(plan.status());
      client.resource(job).updateStatus();
    }
    plan.delete().forEach(pod -> client.resource(pod).delete());
    plan.untrack().forEach(this::untrack);
    plan.create()
        .forEach(
            index -> {
              Pod pod = client.resource(JobPods.create(job, index)).create();
              LOG.debug("created pod {} for {}", pod.getMetadata().getName(), key);
            });
    plan.recheck().ifPresent(delay -> queue.add(key, delay));
  }

  private void untrack(Pod pod) {
    if (!JobTally.tracked(pod)) {
      return;
    }
    try {
      client
          .pods()
          .resource(pod)
          .edit(
              p -> {
                p.getMetadata().getFinalizers().remove(JobTally.FINALIZER);
                return p;
              });
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) {
        throw e;
      }
    }
  }

  /** Looks again at a Job soon; for tests. */
  void poke(Job job, Duration delay) {
    queue.add(key(job, Objects.requireNonNull(job.getMetadata().getName())), delay);
  }

  @Override
  public void close() {
    queue.close();
    jobs.close();
    pods.close();
  }
}
