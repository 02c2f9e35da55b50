package dev.atelier.operator.job;

import dev.atelier.operator.jobset.JobSet;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Applies and deletes a stage's children. Applying the same again changes nothing. */
public final class Children {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Labels.ATELIER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Optional<Isolation> isolation;

  /** Children behind a client; without an isolation their pods talk to everybody. */
  public Children(KubernetesClient client, Optional<Isolation> isolation) {
    this.client = client;
    this.isolation = isolation;
  }

  /**
   * The stage file first: a Job without it would wait for its mount. The policy next: no pod is
   * there a moment without it.
   *
   * @throws Refusal where the API server does not take one of them
   */
  public void apply(StageChildren children) {
    begin(children.stageFile());
    isolation.map(fence -> StageNetworkPolicy.of(children, fence)).ifPresent(this::begin);
    start(children.work());
  }

  /** Puts a stage file back that someone deleted while its pod waits for it. */
  public void restore(StageChildren children) {
    take(children.stageFile());
  }

  /** Deletes those of the Jobs that nobody has told to stop yet. */
  public void stop(JobsSeen seen, List<String> jobs) {
    seen.stoppable(jobs).stream().flatMap(name -> seen.job(name).stream()).forEach(this::stop);
  }

  /** Deletes a Job or JobSet; it stays visible until its pods have saved and ended. */
  private void stop(Job job) {
    delete(job, DeletionPropagation.FOREGROUND);
  }

  /**
   * Deletes a finished Job or JobSet with its stage file and policy. Its pods have ended, so it
   * need not stay visible until they are gone.
   */
  public void discard(Job job) {
    delete(job, DeletionPropagation.BACKGROUND);
    discardFiles(job.getMetadata().getNamespace(), job.getMetadata().getName());
  }

  /** Deletes the stage file and policy of a Job that is gone. */
  public void discardFiles(String namespace, String job) {
    client.configMaps().inNamespace(namespace).withName(job).delete();
    if (isolation.isPresent()) {
      client.network().v1().networkPolicies().inNamespace(namespace).withName(job).delete();
    }
  }

  /** Deletes a Job with its stage file and policy. */
  public void remove(String namespace, String job) {
    delete(namespace, job, DeletionPropagation.FOREGROUND);
    discardFiles(namespace, job);
  }

  private void delete(Job job, DeletionPropagation propagation) {
    var metadata = job.getMetadata();
    if (JobSetView.is(job)) {
      client
          .resources(JobSet.class)
          .inNamespace(metadata.getNamespace())
          .withName(metadata.getName())
          .withPropagationPolicy(propagation)
          .delete();
    } else {
      delete(metadata.getNamespace(), metadata.getName(), propagation);
    }
  }

  private void delete(String namespace, String job, DeletionPropagation propagation) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withName(job)
        .withPropagationPolicy(propagation)
        .delete();
  }

  /**
   * Creates what is nearly always new: an apply costs the API server half as much again. What is
   * there already is put right.
   */
  private void begin(HasMetadata child) {
    if (!created(child)) {
      take(child);
    }
  }

  /** Creates a Job or JobSet. One that is there already works, even if the watch is late. */
  private void start(HasMetadata work) {
    if (!created(work)) {
      Optional.ofNullable(client.resource(work).get())
          .filter(found -> !ours(found, work))
          .ifPresent(
              found -> {
                throw new Refusal(
                    "%s '%s' is there already and not of this resource, by its labels; delete it"
                        .formatted(found.getKind(), found.getMetadata().getName()));
              });
    }
  }

  /** Whether the watches find it, and what it is to be. */
  private static boolean ours(HasMetadata found, HasMetadata wanted) {
    var labels = found.getMetadata().getLabels();
    return labels != null
        && labels.entrySet().containsAll(wanted.getMetadata().getLabels().entrySet());
  }

  /**
   * Whether it is created now.
   *
   * @throws Refusal where the API server does not take it
   */
  private boolean created(HasMetadata child) {
    try {
      client.resource(child).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw Refusal.of(e);
    }
  }

  /**
   * Applies one object.
   *
   * @throws Refusal where the API server does not take it
   */
  public void take(HasMetadata child) {
    try {
      client.resource(child).patch(APPLY);
    } catch (KubernetesClientException e) {
      throw Refusal.of(e);
    }
  }
}
