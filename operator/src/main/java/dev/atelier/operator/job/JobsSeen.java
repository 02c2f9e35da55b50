package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.api.RetriesStatus;
import dev.atelier.operator.shared.StageTimes;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.Progress;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Jobs and pods of one resource, from caches.
 *
 * @param troubles Kubernetes' own events about pods that could not be created or mounted
 * @param queues what Kueue says about Jobs that it holds, by the uid of the Job
 * @param progress what running pods said last, by the uid of the pod
 * @param now when the caches were read
 * @param served whether pods beside the Jobs may be there, which read and write the same files
 */
public record JobsSeen(
    List<Job> jobs,
    List<Pod> pods,
    List<Event> troubles,
    Map<String, String> queues,
    Map<String, Progress> progress,
    Instant now,
    boolean served) {

  public JobsSeen {
    jobs = List.copyOf(jobs);
    pods = List.copyOf(pods);
    troubles = List.copyOf(troubles);
    queues = Map.copyOf(queues);
    progress = Map.copyOf(progress);
  }

  /** Jobs beside which nothing serves. */
  public JobsSeen(
      List<Job> jobs,
      List<Pod> pods,
      List<Event> troubles,
      Map<String, String> queues,
      Map<String, Progress> progress,
      Instant now) {
    this(jobs, pods, troubles, queues, progress, now, false);
  }

  /** The same beside pods that serve, or beside none. */
  public JobsSeen beside(boolean serving) {
    return new JobsSeen(jobs, pods, troubles, queues, progress, now, serving);
  }

  /** The state of the Job of that name. */
  public StageState state(String name) {
    var found = job(name);
    if (found.isEmpty()) {
      return quietAbout(name) ? new StageState.Absent() : new StageState.Stopping();
    }
    var job = found.get();
    var pods = podsOf(job);
    if (job.getMetadata().getDeletionTimestamp() != null) {
      return new StageState.Stopping();
    }
    return JobEnd.of(job)
        .map(end -> end.heard(pods, now) ? end.read(pods) : new StageState.Ending())
        .orElseGet(
            () -> {
              var successes = new Successes(job, pods);
              return successes.settled()
                  ? new StageState.Done(successes.words())
                  : alive(job, pods);
            });
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
        .filter(name -> job(name).isPresent())
        .filter(
            name ->
                !(state(name) instanceof StageState.Stopping)
                    && !(state(name) instanceof StageState.Ending))
        .toList();
  }

  /** Whether the last words of a Job are still on their way; nothing else may wake the resource. */
  public boolean listening() {
    return jobs.stream()
        .anyMatch(job -> state(job.getMetadata().getName()) instanceof StageState.Ending);
  }

  /** Whether no process of the resource can be there any longer. */
  public boolean quiet() {
    return alive().isEmpty() && pods.stream().map(PodReport::new).allMatch(PodReport::over);
  }

  /**
   * What the pods of a Job used so far, failed tries included. Of a JobSet that restarted the pods
   * of failed tries are gone: it counts from its start, waits between tries included.
   *
   * @param gpus of each pod, for those that ended without a word or still run
   */
  public long gpuSeconds(String name, int gpus) {
    var job = job(name);
    if (job.isEmpty()) {
      return 0;
    }
    var pods = podsOf(job.get());
    if (JobSetView.restarts(job.get()) > 0) {
      return (long) gpus * job.get().getSpec().getCompletions() * JobEnd.seconds(job.get(), now);
    }
    return pods.isEmpty()
        ? gpus * JobEnd.of(job.get()).map(JobEnd::seconds).orElse(0L)
        : pods.stream().mapToLong(pod -> pod.gpuSeconds(gpus, now)).sum();
  }

  /** What the Jobs that are to be stopped used so far; see {@link #gpuSeconds}. */
  public long stoppableGpuSeconds(int gpus) {
    return stoppable(alive()).stream().mapToLong(job -> gpuSeconds(job, gpus)).sum();
  }

  /** The Job of that name. */
  public Optional<Job> job(String name) {
    return jobs.stream().filter(job -> job.getMetadata().getName().equals(name)).findFirst();
  }

  /** Last words of every pod of a Job that had any, in the order of their index. */
  public List<TerminationMessage> words(String name) {
    return job(name).stream()
        .flatMap(job -> podsOf(job).stream())
        .sorted(Comparator.comparing(PodReport::index))
        .flatMap(pod -> pod.words().stream())
        .toList();
  }

  /** How long a Job waited and computed; empty before it ended. */
  public Optional<StageTimes> times(String name) {
    var job = job(name);
    if (job.isEmpty() || job.get().getMetadata().getCreationTimestamp() == null) {
      return Optional.empty();
    }
    var pods = podsOf(job.get());
    var successes = new Successes(job.get(), pods);
    var end =
        JobEnd.of(job.get())
            .map(JobEnd::at)
            .orElseGet(() -> successes.settled() ? successes.at() : Optional.empty());
    return end.map(
        at -> times(Instant.parse(job.get().getMetadata().getCreationTimestamp()), pods, at));
  }

  /** The failed tries of a Job; empty as long as none failed. */
  public Optional<RetriesStatus> retries(String name) {
    return job(name).flatMap(job -> new JobTries(job, podsOf(job)).told());
  }

  private static StageTimes times(Instant created, List<PodReport> pods, Instant end) {
    var started =
        pods.stream()
            .map(PodReport::startedAt)
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElse(end);
    return new StageTimes(Duration.between(created, started), Duration.between(started, end));
  }

  private StageState alive(Job job, List<PodReport> pods) {
    if (held(job)) {
      return holder(job);
    }
    var running = pods.stream().filter(PodReport::running).toList();
    if (!running.isEmpty()) {
      return new StageState.Running(
          JobSetView.is(job)
              ? PodProgress.ofFirst(running, progress)
              : PodProgress.of(running, progress));
    }
    var starting = pods.stream().filter(pod -> !pod.over()).toList();
    return starting.stream()
        .flatMap(pod -> pod.trouble().or(() -> Troubles.ofPod(pod, troubles)).stream())
        .findFirst()
        .or(() -> starting.isEmpty() ? Troubles.ofJob(job, troubles) : Optional.empty())
        .<StageState>map(trouble -> trouble)
        .or(() -> lastOver(pods).flatMap(JobsSeen::afterFailure))
        .orElseGet(
            () ->
                starting.isEmpty() && settled(pods)
                    ? new StageState.Settling()
                    : new StageState.Starting());
  }

  private static Optional<PodReport> lastOver(List<PodReport> pods) {
    return pods.stream()
        .filter(PodReport::over)
        .max(Comparator.comparing(PodReport::finishedAt).thenComparing(PodReport::name));
  }

  /** Whether the last pod ended as no Job tries again, or well: the Job is about to say so. */
  private static boolean settled(List<PodReport> pods) {
    return lastOver(pods).filter(pod -> !pod.failed() || pod.endedForGood()).isPresent();
  }

  /** After a pod that failed while its Job has not: the Job tries again. */
  private static Optional<StageState> afterFailure(PodReport last) {
    boolean saved =
        last.exitCode().filter(code -> code == ExitCode.CHECKPOINTED.code()).isPresent();
    return last.words()
        .filter(words -> last.failed() && !last.endedForGood())
        .map(words -> saved ? words.message() : "trying again; the last try: " + words.message())
        .map(message -> new StageState.Waiting(Reason.Pending, message));
  }

  /** Whether someone keeps the Job from having pods. */
  static boolean held(Job job) {
    return Boolean.TRUE.equals(job.getSpec().getSuspend());
  }

  private StageState.Waiting holder(Job job) {
    var metadata = job.getMetadata();
    return Labels.queue(job)
        .map(
            queue ->
                new StageState.Waiting(
                    Reason.QuotaPending,
                    Optional.ofNullable(queues.get(metadata.getUid()))
                        .map(said -> "Kueue's queue %s: %s".formatted(queue, said))
                        .orElse("waiting for quota in Kueue's queue %s".formatted(queue))))
        .orElseGet(
            () ->
                new StageState.Waiting(
                    Reason.Pending,
                    "Job %s is suspended by someone".formatted(metadata.getName())));
  }

  private List<PodReport> podsOf(Job job) {
    return pods.stream().map(PodReport::new).filter(pod -> pod.of(job)).toList();
  }

  private boolean quietAbout(String job) {
    return pods.stream()
        .map(PodReport::new)
        .filter(pod -> pod.named(job))
        .allMatch(PodReport::over);
  }
}
