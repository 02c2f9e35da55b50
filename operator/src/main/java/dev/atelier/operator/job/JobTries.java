package dev.atelier.operator.job;

import dev.atelier.api.RetriesStatus;
import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The failed tries of a Job, and its back-off: ten seconds that double up to ten minutes. */
final class JobTries {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MESSAGE_LENGTH = 256;

  private final Job job;
  private final List<PodReport> pods;

  JobTries(Job job, List<PodReport> pods) {
    this.job = job;
    this.pods = pods;
  }

  /** What the status says of them; empty as long as none failed. */
  Optional<RetriesStatus> told() {
    int failed = failed();
    if (failed == 0) {
      return Optional.empty();
    }
    var last =
        pods.stream()
            .filter(PodReport::counts)
            .max(Comparator.comparing(PodReport::finishedAt).thenComparing(PodReport::name));
    var reason =
        last.flatMap(pod -> pod.words().map(TerminationMessage::reason).or(pod::kubeletReason));
    var message = last.flatMap(PodReport::words).map(TerminationMessage::message);
    return Optional.of(
        new RetriesStatus(
            failed,
            limit(),
            reason.orElse(null),
            message.map(JobTries::cut).orElse(null),
            next().orElse(null)));
  }

  /**
   * Pods may be removed, and the Job's count may be late: the higher number is right. Pods of a
   * JobSet fail together, as one try.
   */
  private int failed() {
    int counted =
        job.getStatus() == null ? 0 : Objects.requireNonNullElse(job.getStatus().getFailed(), 0);
    if (JobSetView.is(job)) {
      return counted;
    }
    return Math.max(counted, (int) pods.stream().filter(PodReport::counts).count());
  }

  private int limit() {
    var spec = job.getSpec();
    var each = spec.getBackoffLimitPerIndex();
    return each == null ? Objects.requireNonNullElse(spec.getBackoffLimit(), 0) : each;
  }

  /**
   * After the end of the last pod. Kubernetes' Job controller counts every pod that failed since
   * one succeeded, those that cost no retry included; JobSet waits for nothing.
   */
  private Optional<Instant> next() {
    var last =
        pods.stream()
            .filter(PodReport::failed)
            .filter(pod -> !pod.finishedAt().isEmpty())
            .max(Comparator.comparing(PodReport::finishedAt));
    if (last.isEmpty() || !waits()) {
      return Optional.empty();
    }
    long before =
        pods.stream()
            .filter(PodReport::failed)
            .filter(pod -> pod.index() == last.get().index())
            .count();
    return Optional.of(Instant.parse(last.get().finishedAt()).plus(pause(before)));
  }

  private boolean waits() {
    return !JobSetView.is(job)
        && !JobsSeen.held(job)
        && JobEnd.of(job).isEmpty()
        && !new Successes(job, pods).settled()
        && pods.stream().allMatch(PodReport::over);
  }

  static Duration pause(long failures) {
    var pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH);
  }
}
