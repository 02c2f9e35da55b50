package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.operator.generation.GenerationDecision.Fail;
import dev.atelier.operator.generation.GenerationDecision.Finish;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.job.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When to look again although nothing wakes the resource. */
final class GenerationRecheck {

  private static final Duration LISTENING = Duration.ofSeconds(5);

  private GenerationRecheck() {}

  /** The delay, or empty if events alone wake the resource. */
  static Optional<Duration> after(
      GenerationJob job, GenerationObserved seen, GenerationDecision decision, Instant now) {
    if (decision instanceof Finish || decision instanceof Fail) {
      return Optional.of(Duration.ZERO);
    }
    if (decision instanceof Forget forget) {
      return erasing(seen, forget.step());
    }
    return Stream.of(
            expiry(decision),
            listening(seen),
            GenerationConsent.left(seen.model(), now),
            GenerationLeftovers.of(job, seen, decision, now).next())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Optional<Duration> erasing(GenerationObserved seen, Erasure step) {
    if (step instanceof Erasure.Done) {
      return Optional.of(Duration.ZERO);
    }
    return step instanceof Erasure.Failed failed ? Optional.of(failed.recheck()) : listening(seen);
  }

  private static Optional<Duration> expiry(GenerationDecision decision) {
    return decision instanceof Rest rest && !rest.recheck().isZero()
        ? Optional.of(rest.recheck())
        : Optional.empty();
  }

  private static Optional<Duration> listening(GenerationObserved seen) {
    return seen.jobs().listening() ? Optional.of(LISTENING) : Optional.empty();
  }
}
