package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The counting of ended pods. A pod keeps the tracking finalizer until the status that counts it is
 * stored: first its uid is noted as uncounted, then the finalizer goes, then the uid becomes a
 * count.
 */
final class JobTally {
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";

  private final Job job;
  private final List<Pod> pods;
  private final JobStatus status;
  private final List<Pod> toUntrack = new ArrayList<>();
  private Optional<String> failJob = Optional.empty();

  /** Counts into {@code status}. */
  JobTally(Job job, List<Pod> pods, JobStatus status) {
    this.job = job;
    this.pods = pods;
    this.status = status;
    if (status.getUncountedTerminatedPods() == null) {
      status.setUncountedTerminatedPods(new UncountedTerminatedPods());
    }
    countReleased();
    pods.stream().filter(PodFacts::ended).filter(JobTally::tracked).forEach(this::note);
  }

  static boolean tracked(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(FINALIZER);
  }

  private void countReleased() {
    List<String> held =
        pods.stream().filter(JobTally::tracked).map(p -> p.getMetadata().getUid()).toList();
    var uncounted = status.getUncountedTerminatedPods();
    int succeeded = settle(uncounted.getSucceeded(), held);
    int failed = settle(uncounted.getFailed(), held);
    if (!indexed()) {
      status.setSucceeded(number(status.getSucceeded()) + succeeded);
    }
    status.setFailed(number(status.getFailed()) + failed);
  }

  private static int settle(List<String> uids, List<String> held) {
    int before = uids.size();
    uids.removeIf(uid -> !held.contains(uid));
    return before - uids.size();
  }

  private void note(Pod pod) {
    String uid = pod.getMetadata().getUid();
    var uncounted = status.getUncountedTerminatedPods();
    toUntrack.add(pod);
    if (PodFacts.succeeded(pod)) {
      noteSuccess(pod, uid);
      return;
    }
    Optional<FailurePolicy.Match> match = FailurePolicy.match(job, pod);
    String action = match.map(FailurePolicy.Match::action).orElse("Count");
    if (action.equals("FailJob") && failJob.isEmpty()) {
      failJob = match.map(FailurePolicy.Match::message);
    }
    if (!action.equals("Ignore") && !uncounted.getFailed().contains(uid)) {
      uncounted.getFailed().add(uid);
    }
    if (action.equals("FailIndex") || perIndex() && failures(pod) > limitPerIndex()) {
      giveUp(pod);
    }
  }

  private void giveUp(Pod pod) {
    SortedSet<Integer> failed = failedIndexes();
    CompletionIndexes.of(pod).ifPresent(failed::add);
    status.setFailedIndexes(CompletionIndexes.format(failed));
  }

  /** Failures of the pod's index, as far as its pods are still there. */
  private long failures(Pod pod) {
    return pods.stream()
        .filter(PodFacts::failed)
        .filter(one -> CompletionIndexes.of(one).equals(CompletionIndexes.of(pod)))
        .filter(one -> !FailurePolicy.ignores(job, one))
        .count();
  }

  private boolean perIndex() {
    return job.getSpec().getBackoffLimitPerIndex() != null;
  }

  private int limitPerIndex() {
    return number(job.getSpec().getBackoffLimitPerIndex());
  }

  private void noteSuccess(Pod pod, String uid) {
    if (indexed()) {
      SortedSet<Integer> done = completedIndexes();
      CompletionIndexes.of(pod).ifPresent(done::add);
      status.setCompletedIndexes(CompletionIndexes.format(done));
      status.setSucceeded(done.size());
    } else if (!status.getUncountedTerminatedPods().getSucceeded().contains(uid)) {
      status.getUncountedTerminatedPods().getSucceeded().add(uid);
    }
  }

  boolean indexed() {
    return "Indexed".equals(job.getSpec().getCompletionMode());
  }

  SortedSet<Integer> completedIndexes() {
    return CompletionIndexes.parse(Objects.requireNonNullElse(status.getCompletedIndexes(), ""));
  }

  /** Indexes that have used up their retries, or that a rule has failed. */
  SortedSet<Integer> failedIndexes() {
    return CompletionIndexes.parse(Objects.requireNonNullElse(status.getFailedIndexes(), ""));
  }

  int succeeded() {
    return number(status.getSucceeded())
        + status.getUncountedTerminatedPods().getSucceeded().size();
  }

  int failed() {
    return number(status.getFailed()) + status.getUncountedTerminatedPods().getFailed().size();
  }

  /** The message of the rule that fails the Job. */
  Optional<String> failJob() {
    return failJob;
  }

  List<Pod> toUntrack() {
    return toUntrack;
  }

  boolean settled() {
    var uncounted = status.getUncountedTerminatedPods();
    return toUntrack.isEmpty()
        && uncounted.getSucceeded().isEmpty()
        && uncounted.getFailed().isEmpty();
  }

  static int number(Integer value) {
    return Objects.requireNonNullElse(value, 0);
  }
}
