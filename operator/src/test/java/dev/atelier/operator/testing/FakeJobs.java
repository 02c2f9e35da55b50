package dev.atelier.operator.testing;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.operator.job.EraseManifests;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.StageKey;
import dev.atelier.stage.StageJson;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Jobs and pods as Kubernetes' Job controller and kubelet keep them, without a cluster. */
public final class FakeJobs {

  private static final List<Integer> FAIL_JOB = List.of(42, 43, 44);
  private static final int IGNORED = 75;

  private final List<Job> jobs = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private int created;

  /** What is there now. */
  public List<Job> jobs() {
    return List.copyOf(jobs);
  }

  /** What is there now. */
  public List<Pod> pods() {
    return List.copyOf(pods);
  }

  /** Server-side apply: what is there already stays as it is. */
  public void apply(Job job, Instant now) {
    if (find(job.getMetadata().getName()).isEmpty()) {
      jobs.add(
          new JobBuilder(job)
              .editMetadata()
              .withUid("job-" + ++created)
              .withCreationTimestamp(now.toString())
              .endMetadata()
              .withNewStatus()
              .withStartTime(now.toString())
              .endStatus()
              .build());
    }
  }

  /** Foreground deletion, with pods that end at once. */
  public void delete(String name) {
    find(name)
        .ifPresent(
            job -> {
              pods.removeIf(pod -> belongs(pod, job));
              jobs.remove(job);
            });
  }

  /** Deletion of a finished Job whose time is over. */
  public void discard(Job job) {
    if (job.getStatus().getConditions().isEmpty()) {
      throw new AssertionError("Job %s has not ended".formatted(job.getMetadata().getName()));
    }
    delete(job.getMetadata().getName());
  }

  /** A step of an erasure whose resource stays. */
  public void take(Erasure step, JobsSeen seen, StageKey key, Optional<DiffusionRuntime> home) {
    if (step instanceof Erasure.Stop stop) {
      seen.stoppable(stop.jobs()).forEach(this::delete);
    } else if (step instanceof Erasure.Again again) {
      delete(again.job());
    } else if (step instanceof Erasure.Launch) {
      var runtime = home.orElseThrow().getSpec();
      apply(
          (Job) EraseManifests.of(key, runtime, "image", "ConsentExpired", true).work(),
          seen.now());
    }
  }

  /** The Job with that name. */
  public Optional<Job> find(String name) {
    return jobs.stream().filter(job -> job.getMetadata().getName().equals(name)).findFirst();
  }

  /** Jobs that Kubernetes has not finished. */
  public List<Job> unfinished() {
    return jobs.stream().filter(job -> job.getStatus().getConditions().isEmpty()).toList();
  }

  /** A pod of the Job starts to compute, if none does. */
  public void start(String name, Instant now) {
    var job = find(name).orElseThrow();
    if (pods.stream().noneMatch(pod -> belongs(pod, job) && !over(pod))) {
      pods.add(
          pod(job)
              .withNewStatus()
              .withPhase("Running")
              .withPodIP("10.0.0.1")
              .addNewContainerStatus()
              .withName("runtime")
              .withNewState()
              .withNewRunning(now.toString())
              .endState()
              .endContainerStatus()
              .endStatus()
              .build());
    }
  }

  /** A pod of the Job waits for something. */
  public void hold(String name, String reason, String message) {
    pods.add(
        pod(find(name).orElseThrow())
            .withNewStatus()
            .withPhase("Pending")
            .addNewContainerStatus()
            .withName("runtime")
            .withNewState()
            .withNewWaiting(message, reason)
            .endState()
            .endContainerStatus()
            .endStatus()
            .build());
  }

  /** The scheduler finds no node for a pod of the Job. */
  public void unschedulable(String name, String message) {
    pods.add(
        pod(find(name).orElseThrow())
            .withNewStatus()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage(message)
            .endCondition()
            .endStatus()
            .build());
  }

  /** The Job's running pod ends, and the Job controller draws its conclusions. */
  public void end(String name, int code, Optional<TerminationMessage> words, Instant now) {
    endPod(name, code, code == 137 ? "OOMKilled" : "Error", words, now);
    conclude(name, code, now);
  }

  /** Only the pod ends: the Job controller has not noticed yet. */
  public void endPod(
      String name, int code, String reason, Optional<TerminationMessage> words, Instant now) {
    var job = find(name).orElseThrow();
    pods.replaceAll(
        pod ->
            belongs(pod, job) && !over(pod)
                ? new PodBuilder(pod)
                    .editStatus()
                    .withPhase(code == 0 ? "Succeeded" : "Failed")
                    .editMatchingContainerStatus(one -> true)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(code)
                    .withReason(code == 0 ? "Completed" : reason)
                    .withMessage(words.map(StageJson::fit).orElse(null))
                    .withStartedAt(
                        pod.getStatus()
                            .getContainerStatuses()
                            .get(0)
                            .getState()
                            .getRunning()
                            .getStartedAt())
                    .withFinishedAt(now.toString())
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .endStatus()
                    .build()
                : pod);
  }

  /** The Job controller notices how a pod ended. */
  public void conclude(String name, int code, Instant now) {
    var job = find(name).orElseThrow();
    if (code == 0) {
      condition(name, "Complete", "CompletionsReached", "", now);
    } else if (FAIL_JOB.contains(code) && job.getSpec().getBackoffLimitPerIndex() != null) {
      condition(name, "Failed", "FailedIndexes", "Job has failed indexes", now);
    } else if (FAIL_JOB.contains(code)) {
      condition(
          name,
          "Failed",
          "PodFailurePolicy",
          "Container runtime for pod studio/%s-x failed with exit code %d matching FailJob rule at index 0"
              .formatted(name, code),
          now);
    } else if (code != IGNORED && failures(job) > limit(job)) {
      condition(
          name,
          "Failed",
          "BackoffLimitExceeded",
          "Job has reached the specified backoff limit",
          now);
    }
  }

  /** The Job ran longer than it may; its pods are removed. */
  public void deadline(String name, Instant now) {
    var job = find(name).orElseThrow();
    pods.removeIf(pod -> belongs(pod, job) && !over(pod));
    condition(
        name, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline", now);
  }

  /** Somebody removes the pods of a Job. */
  public void removePods(String name) {
    var job = find(name).orElseThrow();
    pods.removeIf(pod -> belongs(pod, job));
  }

  /** Kueue, or somebody else, holds the Job back. */
  public void suspend(String name) {
    jobs.replaceAll(
        job ->
            job.getMetadata().getName().equals(name)
                ? new JobBuilder(job).editSpec().withSuspend(true).endSpec().build()
                : job);
  }

  private void condition(String name, String type, String reason, String message, Instant now) {
    jobs.replaceAll(
        job ->
            job.getMetadata().getName().equals(name)
                ? new JobBuilder(job)
                    .editStatus()
                    .addNewCondition()
                    .withType(type)
                    .withStatus("True")
                    .withReason(reason)
                    .withMessage(message)
                    .withLastTransitionTime(now.toString())
                    .endCondition()
                    .endStatus()
                    .build()
                : job);
  }

  private PodBuilder pod(Job job) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("%s-%05d".formatted(job.getMetadata().getName(), ++created))
        .withNamespace(job.getMetadata().getNamespace())
        .withUid("pod-" + created)
        .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .addToLabels("batch.kubernetes.io/controller-uid", job.getMetadata().getUid())
        .addToAnnotations("batch.kubernetes.io/job-completion-index", Long.toString(index(job)))
        .endMetadata();
  }

  /** The first that has not ended well: in these stories one follows the other. */
  private long index(Job job) {
    return pods.stream()
        .filter(pod -> belongs(pod, job) && "Succeeded".equals(pod.getStatus().getPhase()))
        .count();
  }

  /** Of shards as well: in these stories they fail one after the other. */
  private static int limit(Job job) {
    var spec = job.getSpec();
    return spec.getBackoffLimitPerIndex() == null
        ? spec.getBackoffLimit()
        : spec.getBackoffLimitPerIndex();
  }

  private long failures(Job job) {
    return pods.stream()
        .filter(pod -> belongs(pod, job) && "Failed".equals(pod.getStatus().getPhase()))
        .filter(pod -> exitCode(pod) != IGNORED)
        .count();
  }

  private static int exitCode(Pod pod) {
    return pod.getStatus().getContainerStatuses().get(0).getState().getTerminated().getExitCode();
  }

  private static boolean over(Pod pod) {
    return List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private static boolean belongs(Pod pod, Job job) {
    return job.getMetadata()
        .getUid()
        .equals(pod.getMetadata().getLabels().get("batch.kubernetes.io/controller-uid"));
  }
}
