package dev.atelier.operator.job;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.RunStatus;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finished Jobs that nothing reads any more: what they had to say is in the status. They stay a
 * while for whoever wants the logs of their pods. Kubernetes' own TTL is not used, since it would
 * also take a Job whose result the operator has not read yet.
 *
 * @param due whose time is over
 * @param next until the time of another is over
 */
public record Leftovers(List<Job> due, Optional<Duration> next) {

  public Leftovers {
    due = List.copyOf(due);
  }

  /**
   * Those of a resource.
   *
   * @param read names of Jobs whose result is still asked for
   * @param runtime says how long; nothing goes while it is gone
   */
  public static Leftovers of(
      JobsSeen seen, Set<String> read, Optional<DiffusionRuntime> runtime, Instant now) {
    if (runtime.isEmpty()) {
      return new Leftovers(List.of(), Optional.empty());
    }
    var stay = Duration.ofSeconds(runtime.get().getSpec().pod().ttlSecondsAfterFinished());
    var finished =
        seen.jobs().stream()
            .filter(job -> !read.contains(job.getMetadata().getName()))
            .filter(job -> ended(seen, job))
            .toList();
    return new Leftovers(
        finished.stream().filter(job -> left(job, stay, now).isZero()).toList(),
        finished.stream()
            .map(job -> left(job, stay, now))
            .filter(left -> !left.isZero())
            .min(Comparator.naturalOrder()));
  }

  /**
   * Names of the Jobs whose results a run still asks for.
   *
   * @param stage that the run is at
   */
  public static Set<String> read(Owner owner, RunStatus run, StageKey stage) {
    var erase = StageKey.of(owner, Stage.ERASE, run).jobName();
    return run.finishedAt() == null ? Set.of(erase, stage.jobName()) : Set.of(erase);
  }

  /** Whether Kubernetes says so too, which may be a second after the last pod. */
  private static boolean ended(JobsSeen seen, Job job) {
    var state = seen.state(job.getMetadata().getName());
    return JobEnd.of(job).isPresent()
        && (state instanceof StageState.Done || state instanceof StageState.Broken);
  }

  private static Duration left(Job job, Duration stay, Instant now) {
    return JobEnd.of(job)
        .flatMap(JobEnd::at)
        .map(at -> Duration.between(now, at.plus(stay)))
        .filter(left -> !left.isNegative())
        .orElse(Duration.ZERO);
  }
}
