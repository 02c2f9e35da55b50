package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.stage.Progress;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Jobs and pods of one resource, from caches.
 *
 * @param progress what running pods said last, by the uid of the pod
 */
public record JobsSeen(List<Job> jobs, List<Pod> pods, Map<String, Progress> progress) {

  private static final String JOB_NAME = "batch.kubernetes.io/job-name";
  private static final String QUEUE = "kueue.x-k8s.io/queue-name";

  public JobsSeen {
    jobs = List.copyOf(jobs);
    pods = List.copyOf(pods);
    progress = Map.copyOf(progress);
  }

  /** The state of the Job of that name. */
  public StageState state(String name) {
    var pods = podsOf(name);
    var found = job(name);
    if (found.isEmpty()) {
      return pods.stream().allMatch(PodReport::over)
          ? new StageState.Absent()
          : new StageState.Stopping();
    }
    var job = found.get();
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return new StageState.Stopping();
    }
    if (condition(job, "Complete").isPresent()) {
      return new StageState.Done(words(pods));
    }
    var failed = condition(job, "Failed");
    return failed.isPresent() ? JobFailure.read(failed.get(), pods) : alive(job, pods);
  }

  /** Names of the Jobs that have not ended, and of those whose pods have not. */
  public List<String> alive() {
    return jobs.stream()
        .map(job -> job.getMetadata().getName())
        .filter(
            name ->
                !(state(name) instanceof StageState.Done)
                    && !(state(name) instanceof StageState.Broken))
        .toList();
  }

  /** Those of the Jobs that nobody has told to stop yet. */
  public List<String> stoppable(List<String> names) {
    return names.stream()
        .filter(name -> job(name).isPresent() && !(state(name) instanceof StageState.Stopping))
        .toList();
  }

  /** Whether a process of the resource may still be there. */
  public boolean quiet() {
    return alive().isEmpty() && pods.stream().map(PodReport::new).allMatch(PodReport::over);
  }

  /** What the pods of a Job used so far, failed tries included. */
  public long gpuSeconds(String name) {
    return podsOf(name).stream()
        .flatMap(pod -> pod.words().stream())
        .mapToLong(TerminationMessage::gpuSeconds)
        .sum();
  }

  /** The Job of that name. */
  public Optional<Job> job(String name) {
    return jobs.stream().filter(job -> job.getMetadata().getName().equals(name)).findFirst();
  }

  private StageState alive(Job job, List<PodReport> pods) {
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return held(job);
    }
    var running = pods.stream().filter(PodReport::running).toList();
    if (!running.isEmpty()) {
      return new StageState.Running(PodProgress.of(running, progress));
    }
    return pods.stream()
        .filter(pod -> !pod.over())
        .flatMap(pod -> pod.trouble().stream())
        .findFirst()
        .orElseGet(() -> waiting(pods));
  }

  private static StageState.Waiting waiting(List<PodReport> pods) {
    return pods.stream()
        .filter(PodReport::over)
        .max(Comparator.comparing(PodReport::name))
        .flatMap(PodReport::words)
        .map(
            words ->
                new StageState.Waiting(
                    Reason.Pending, "trying again; the last try: " + words.message()))
        .orElseGet(() -> new StageState.Waiting(Reason.Pending, "waiting for a pod to start"));
  }

  private static StageState.Waiting held(Job job) {
    var labels = job.getMetadata().getLabels();
    var queue = labels == null ? null : labels.get(QUEUE);
    return queue == null
        ? new StageState.Waiting(
            Reason.Pending, "Job %s is suspended by someone".formatted(job.getMetadata().getName()))
        : new StageState.Waiting(
            Reason.QuotaPending, "waiting for quota in Kueue's queue %s".formatted(queue));
  }

  private List<PodReport> podsOf(String job) {
    return pods.stream()
        .filter(pod -> pod.getMetadata().getLabels() != null)
        .filter(pod -> job.equals(pod.getMetadata().getLabels().get(JOB_NAME)))
        .map(PodReport::new)
        .toList();
  }

  private static List<TerminationMessage> words(List<PodReport> pods) {
    return pods.stream()
        .filter(pod -> pod.exitCode().filter(code -> code == 0).isPresent())
        .sorted(Comparator.comparing(PodReport::index))
        .flatMap(pod -> pod.words().stream())
        .toList();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    if (job.getStatus() == null || job.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return job.getStatus().getConditions().stream()
        .filter(one -> type.equals(one.getType()) && "True".equals(one.getStatus()))
        .findFirst();
  }
}
