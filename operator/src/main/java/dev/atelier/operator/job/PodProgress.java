package dev.atelier.operator.job;

import dev.atelier.stage.Progress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Adds up the progress of the pods that share a Job. */
final class PodProgress {

  private PodProgress() {}

  /** Of pods that take every step together one speaks for all: the first that said anything. */
  static Optional<Progress> ofFirst(List<PodReport> running, Map<String, Progress> known) {
    return running.stream()
        .sorted(Comparator.comparing(PodReport::index))
        .map(pod -> known.get(pod.uid()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The sum, or empty as long as no pod said anything. */
  static Optional<Progress> of(List<PodReport> running, Map<String, Progress> known) {
    var said = running.stream().map(pod -> known.get(pod.uid())).filter(Objects::nonNull).toList();
    if (said.size() < 2) {
      return said.stream().findFirst();
    }
    var newest = said.stream().max(Comparator.comparing(Progress::updatedAt)).orElseThrow();
    int step = said.stream().mapToInt(Progress::step).sum();
    int total = said.stream().mapToInt(Progress::totalSteps).sum();
    return Optional.of(
        new Progress(
            newest.stage(),
            newest.activity(),
            step,
            total,
            total == 0 ? 0 : (int) (100L * step / total),
            said.stream()
                .map(Progress::secondsLeft)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null),
            newest.updatedAt(),
            newest.metrics(),
            newest.lastCheckpoint(),
            newest.rounds()));
  }
}
