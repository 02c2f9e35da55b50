package dev.atelier.operator.job;

import dev.atelier.stage.TerminationMessage;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pods of a Job that ended well.
 *
 * @param pods all of the Job's
 */
record Successes(Job job, List<PodReport> pods) {

  /** What they said, in the order of their index. */
  List<TerminationMessage> words() {
    return pods.stream()
        .filter(PodReport::succeeded)
        .sorted(Comparator.comparing(PodReport::index))
        .flatMap(pod -> pod.words().stream())
        .toList();
  }

  /** Whether every index has ended well and was heard, and no process is left. */
  boolean complete() {
    if (!pods.stream().allMatch(PodReport::over)) {
      return false;
    }
    var heard =
        pods.stream()
            .filter(pod -> pod.succeeded() && pod.words().isPresent())
            .map(PodReport::index)
            .distinct()
            .count();
    return heard >= Objects.requireNonNullElse(job.getSpec().getCompletions(), 1);
  }

  /**
   * Whether the Job can only end well. Its controller says so a second later: it gathers news of
   * pods for as long. A JobSet may start all of its pods again, those that ended well included.
   */
  boolean settled() {
    return !JobSetView.is(job) && complete();
  }

  /** When the last of them ended. */
  Optional<Instant> at() {
    return pods.stream()
        .filter(PodReport::succeeded)
        .map(PodReport::finishedAt)
        .filter(end -> !end.isEmpty())
        .max(Comparator.naturalOrder())
        .map(Instant::parse);
  }
}
