package dev.atelier.e2e.operator;

import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plays the Job controller and the kubelet, one step at a time. */
final class FakeKubelet {

  private final KubernetesClient client;

  FakeKubelet(KubernetesClient client) {
    this.client = client;
  }

  List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(OperatorBench.NAMESPACE).list().getItems();
  }

  Optional<Job> job(String prefix) {
    return jobs().stream()
        .filter(job -> job.getMetadata().getName().startsWith(prefix))
        .filter(job -> job.getStatus().getConditions().isEmpty())
        .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
        .findFirst();
  }

  /** A pod of the Job computes. */
  Pod run(Job job) {
    var pod = create(job);
    state(pod, "Running", new ContainerStateBuilder().withNewRunning(now()).build());
    return pod;
  }

  /** A pod of the Job waits to start. */
  void hold(Job job, String reason, String message) {
    var pod = create(job);
    state(pod, "Pending", new ContainerStateBuilder().withNewWaiting(message, reason).build());
  }

  /** The pod that waited computes. */
  void starts(Job job) {
    var pod = pod(job).orElseThrow();
    state(pod, "Running", new ContainerStateBuilder().withNewRunning(now()).build());
  }

  /** The Job's pod ends with the code, and the Job with it. */
  void end(Job job, int code, TerminationMessage words) {
    endPod(job, code, words);
    conclude(job, code);
  }

  /** Only the pod ends: the Job controller has not noticed yet. */
  void endPod(Job job, int code, TerminationMessage words) {
    state(
        pod(job).orElseGet(() -> run(job)),
        code == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(code)
            .withMessage(StageJson.fit(words))
            .withStartedAt(now())
            .withFinishedAt(now())
            .endTerminated()
            .build());
  }

  /**
   * The Job controller notices how the pod ended, unless the Job is gone: the operator was first.
   */
  void conclude(Job job, int code) {
    var condition =
        new JobConditionBuilder()
            .withType(code == 0 ? "Complete" : "Failed")
            .withStatus("True")
            .withReason(code == 0 ? "" : "PodFailurePolicy")
            .withLastTransitionTime(now())
            .build();
    try {
      edit(job, status -> status.setConditions(List.of(condition)));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The Job's status changes in a way that means nothing. */
  void touch(Job job) {
    edit(job, status -> status.setReady(status.getReady() == null ? 1 : status.getReady() + 1));
  }

  /** Kubernetes tells of a trouble in an event. */
  void event(String kind, String name, String uid, String reason, String message) {
    client
        .v1()
        .events()
        .inNamespace(OperatorBench.NAMESPACE)
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withGenerateName(name + ".")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind(kind)
                .withName(name)
                .withNamespace(OperatorBench.NAMESPACE)
                .withUid(uid)
                .endInvolvedObject()
                .withReason(reason)
                .withMessage(message)
                .withType("Warning")
                .withLastTimestamp(now())
                .build())
        .create();
  }

  private Pod create(Job job) {
    return client
        .pods()
        .inNamespace(OperatorBench.NAMESPACE)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "-x")
                .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                .addNewOwnerReference()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .withSpec(job.getSpec().getTemplate().getSpec())
                .build())
        .create();
  }

  private Optional<Pod> pod(Job job) {
    return Optional.ofNullable(
        client
            .pods()
            .inNamespace(OperatorBench.NAMESPACE)
            .withName(job.getMetadata().getName() + "-x")
            .get());
  }

  private void edit(Job job, Consumer<JobStatus> change) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(OperatorBench.NAMESPACE)
        .withName(job.getMetadata().getName())
        .editStatus(
            found -> {
              change.accept(found.getStatus());
              return found;
            });
  }

  private void state(Pod pod, String phase, ContainerState state) {
    client
        .pods()
        .inNamespace(OperatorBench.NAMESPACE)
        .withName(pod.getMetadata().getName())
        .editStatus(
            found -> {
              found.setStatus(
                  new PodStatusBuilder()
                      .withPhase(phase)
                      .withContainerStatuses(
                          new ContainerStatusBuilder()
                              .withName("runtime")
                              .withImage("runtime")
                              .withImageID("")
                              .withReady(false)
                              .withRestartCount(0)
                              .withState(state)
                              .build())
                      .build());
              return found;
            });
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
