package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.headshot.HeadshotDecision.Finish;
import dev.atelier.operator.headshot.HeadshotDecision.Forget;
import dev.atelier.operator.headshot.HeadshotDecision.Move;
import dev.atelier.operator.job.Erasure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again although nothing wakes the resource. */
final class HeadshotRecheck {

  private static final Duration LISTENING = Duration.ofSeconds(5);

  private HeadshotRecheck() {}

  /** The delay, or empty if events alone wake the resource. */
  static Optional<Duration> after(
      HeadshotModel model, HeadshotObserved seen, HeadshotDecision decision, Instant now) {
    if (decision instanceof Finish) {
      return Optional.of(Duration.ZERO);
    }
    if (decision instanceof Forget forget && forget.step() instanceof Erasure.Failed failed) {
      return Optional.of(failed.recheck());
    }
    if (decision instanceof Move move && move.step() instanceof Erasure.Failed failed) {
      return Optional.of(failed.recheck());
    }
    if (seen.jobs().listening()) {
      return Optional.of(LISTENING);
    }
    return HeadshotConsent.left(model.getSpec(), now);
  }
}
