package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Job controller as a function of the Job, its pods and the time. */
final class JobDecision {
  private final Job job;
  private final JobSpec spec;
  private final List<Pod> pods;
  private final Instant now;
  private final JobBackoff backoff;
  private final JobStatus status;
  private final List<Duration> rechecks = new ArrayList<>();

  private JobDecision(Job job, List<Pod> pods, Instant now, JobBackoff backoff) {
    this.job = job;
    this.spec = job.getSpec();
    this.pods = pods;
    this.now = now;
    this.backoff = backoff;
    this.status =
        job.getStatus() == null ? new JobStatus() : new JobStatusBuilder(job.getStatus()).build();
  }

  /**
   * Decides.
   *
   * @param pods the pods that the Job controls
   * @param backoff the delays after failures
   */
  static JobPlan of(Job job, List<Pod> pods, Instant now, JobBackoff backoff) {
    JobDecision decision = new JobDecision(job, pods, now, backoff);
    if (JobConditions.finished(job)) {
      return decision.finished();
    }
    return job.getMetadata().getDeletionTimestamp() != null
        ? decision.release(false)
        : decision.running();
  }

  private JobPlan finished() {
    Integer ttl = spec.getTtlSecondsAfterFinished();
    if (ttl == null) {
      return release(false);
    }
    Instant end =
        status.getConditions().stream()
            .map(c -> Instant.parse(c.getLastTransitionTime()))
            .max(Instant::compareTo)
            .orElse(now);
    Duration left = Duration.between(now, end.plusSeconds(ttl));
    rechecks.add(left);
    return release(left.isNegative() || left.isZero());
  }

  private JobPlan release(boolean expired) {
    List<Pod> ended = pods.stream().filter(PodFacts::ended).filter(JobTally::tracked).toList();
    return new JobPlan(
        status, List.of(), ended, List.of(), expired, expired ? Optional.empty() : recheck());
  }

  private JobPlan running() {
    boolean suspended = Boolean.TRUE.equals(spec.getSuspend());
    JobTally tally = new JobTally(job, pods, status);
    suspension(suspended);
    outcome(tally);
    List<Pod> active = pods.stream().filter(PodFacts::active).toList();
    int terminating = (int) pods.stream().filter(PodFacts::terminating).count();
    boolean stop = suspended || target().isPresent();
    List<Pod> delete = stop ? active : List.of();
    terminating += delete.size();
    active = stop ? List.of() : active;
    if (terminating == 0 && tally.settled()) {
      conclude();
    }
    List<Optional<Integer>> create = stop ? List.of() : missing(tally, active, terminating);
    counters(active, create.size(), terminating);
    if (!tally.settled()) {
      rechecks.add(Duration.ZERO);
    }
    return new JobPlan(status, delete, tally.toUntrack(), create, false, recheck());
  }

  private void suspension(boolean suspended) {
    if (suspended) {
      JobConditions.set(status, "Suspended", true, "JobSuspended", "Job suspended", now);
      return;
    }
    if (JobConditions.isTrue(status, "Suspended").isPresent()) {
      JobConditions.set(status, "Suspended", false, "JobResumed", "Job resumed", now);
      status.setStartTime(Times.seconds(now));
    }
    if (status.getStartTime() == null) {
      status.setStartTime(Times.seconds(now));
    }
  }

  private Optional<JobCondition> target() {
    return JobConditions.isTrue(status, "FailureTarget")
        .or(() -> JobConditions.isTrue(status, "SuccessCriteriaMet"));
  }

  private void outcome(JobTally tally) {
    if (target().isPresent()) {
      return;
    }
    if (tally.failJob().isPresent()) {
      fail("PodFailurePolicy", tally.failJob().get());
    } else if (!tally.failedIndexes().isEmpty()
        && tally.succeeded() + tally.failedIndexes().size() >= spec.getCompletions()) {
      fail("FailedIndexes", "Job has failed indexes");
    } else if (tally.failed() > spec.getBackoffLimit()) {
      fail("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    } else if (pastDeadline()) {
      fail("DeadlineExceeded", "Job was active longer than specified deadline");
    } else if (reached(tally)) {
      JobConditions.set(
          status,
          "SuccessCriteriaMet",
          true,
          "CompletionsReached",
          "Reached expected number of succeeded pods",
          now);
    }
  }

  private void fail(String reason, String message) {
    JobConditions.set(status, "FailureTarget", true, reason, message, now);
  }

  private boolean pastDeadline() {
    Long seconds = spec.getActiveDeadlineSeconds();
    if (seconds == null || Boolean.TRUE.equals(spec.getSuspend())) {
      return false;
    }
    Duration left =
        Duration.between(now, Instant.parse(status.getStartTime()).plusSeconds(seconds));
    rechecks.add(left);
    return left.isNegative() || left.isZero();
  }

  /** Without {@code completions} one success is enough, once no pod works any longer. */
  private boolean reached(JobTally tally) {
    return spec.getCompletions() == null
        ? tally.succeeded() > 0 && pods.stream().allMatch(PodFacts::ended)
        : tally.succeeded() >= spec.getCompletions();
  }

  private void conclude() {
    JobConditions.isTrue(status, "FailureTarget")
        .ifPresent(
            t -> JobConditions.set(status, "Failed", true, t.getReason(), t.getMessage(), now));
    JobConditions.isTrue(status, "SuccessCriteriaMet")
        .ifPresent(
            t -> {
              JobConditions.set(status, "Complete", true, t.getReason(), t.getMessage(), now);
              status.setCompletionTime(Times.seconds(now));
            });
  }

  private List<Optional<Integer>> missing(JobTally tally, List<Pod> active, int terminating) {
    int held = "Failed".equals(spec.getPodReplacementPolicy()) ? terminating : 0;
    int left =
        spec.getCompletions() == null
            ? (tally.succeeded() > 0 ? 0 : spec.getParallelism())
            : spec.getCompletions() - tally.succeeded() - tally.failedIndexes().size();
    int wanted = Math.min(spec.getParallelism(), left) - active.size() - held;
    if (wanted <= 0 || waits(tally)) {
      return List.of();
    }
    if (!tally.indexed()) {
      return Stream.generate(Optional::<Integer>empty).limit(wanted).toList();
    }
    List<Integer> taken =
        pods.stream()
            .filter(p -> !PodFacts.ended(p))
            .flatMap(p -> CompletionIndexes.of(p).stream())
            .toList();
    var done = tally.completedIndexes();
    done.addAll(tally.failedIndexes());
    return Stream.iterate(0, i -> i < spec.getCompletions(), i -> i + 1)
        .filter(i -> !done.contains(i) && !taken.contains(i))
        .limit(wanted)
        .map(Optional::of)
        .toList();
  }

  private boolean waits(JobTally tally) {
    Optional<Instant> lastFailure =
        pods.stream()
            .filter(PodFacts::failed)
            .filter(p -> !FailurePolicy.ignores(job, p))
            .map(PodFacts::finishedAt)
            .max(Instant::compareTo);
    if (lastFailure.isEmpty()) {
      return false;
    }
    Duration left = Duration.between(now, lastFailure.get().plus(backoff.after(tally.failed())));
    rechecks.add(left);
    return !left.isNegative() && !left.isZero();
  }

  private void counters(List<Pod> active, int created, int terminating) {
    int ready =
        (int) active.stream().filter(p -> PodFacts.hasCondition(p, "Ready", "True")).count();
    status.setActive(orAbsent(active.size() + created));
    status.setSucceeded(orAbsent(JobTally.number(status.getSucceeded())));
    status.setFailed(orAbsent(JobTally.number(status.getFailed())));
    status.setTerminating(terminating);
    status.setReady(ready);
  }

  @SuppressWarnings("NullAway") // zero counters are left out of the status
  private static Integer orAbsent(int number) {
    return number == 0 ? null : number;
  }

  private Optional<Duration> recheck() {
    return rechecks.stream().filter(d -> !d.isNegative()).min(Duration::compareTo);
  }
}
