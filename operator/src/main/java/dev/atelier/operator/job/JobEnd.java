package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a Job, as its conditions tell it.
 *
 * @param verdict the condition Complete or Failed
 */
record JobEnd(Job job, JobCondition verdict) {

  /**
   * Jobs and pods are watched apart: the news that a Job ended may arrive before the last words of
   * its pods. Longer than this nobody waits for pods that someone has removed.
   */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String DEADLINE = "DeadlineExceeded";

  /** The end, or empty as long as the Job goes on. */
  static Optional<JobEnd> of(Job job) {
    if (job.getStatus() == null || job.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return job.getStatus().getConditions().stream()
        .filter(one -> "True".equals(one.getStatus()))
        .filter(one -> "Complete".equals(one.getType()) || "Failed".equals(one.getType()))
        .findFirst()
        .map(verdict -> new JobEnd(job, verdict));
  }

  /** Whether everything is known that the pods will ever say. */
  boolean heard(List<PodReport> pods, Instant now) {
    return complete(pods)
        || at().map(end -> Duration.between(end, now).compareTo(PATIENCE) >= 0).orElse(true);
  }

  StageState read(List<PodReport> pods) {
    return succeeded()
        ? new StageState.Done(new Successes(job, pods).words())
        : JobFailure.read(verdict, pods);
  }

  /** When the Job ended. */
  Optional<Instant> at() {
    return Optional.ofNullable(verdict.getLastTransitionTime()).map(Instant::parse);
  }

  /** From its start to its end, in seconds. */
  long seconds() {
    var start = job.getStatus().getStartTime();
    return start == null
        ? 0
        : at().map(end -> Duration.between(Instant.parse(start), end).toSeconds()).orElse(0L);
  }

  /** From a Job's start to its end, or to now, in seconds. */
  static long seconds(Job job, Instant now) {
    var end = of(job).flatMap(JobEnd::at).orElse(now);
    return Duration.between(Instant.parse(job.getStatus().getStartTime()), end).toSeconds();
  }

  private boolean succeeded() {
    return "Complete".equals(verdict.getType());
  }

  private boolean complete(List<PodReport> pods) {
    if (succeeded()) {
      return new Successes(job, pods).complete();
    }
    return pods.stream().allMatch(PodReport::over)
        && (DEADLINE.equals(verdict.getReason())
            || pods.stream().anyMatch(pod -> pod.exitCode().filter(code -> code != 0).isPresent()));
  }
}
