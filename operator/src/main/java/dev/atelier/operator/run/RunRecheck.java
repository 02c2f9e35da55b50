package dev.atelier.operator.run;

import dev.atelier.api.Reason;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.run.RunDecision.Finish;
import dev.atelier.operator.run.RunDecision.Forget;
import dev.atelier.operator.run.RunDecision.Move;
import dev.atelier.operator.run.RunDecision.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When to look again although nothing wakes the resource. */
public final class RunRecheck {

  private static final Duration LISTENING = Duration.ofSeconds(5);

  /** Nobody tells that another project was installed. */
  private static final Duration INSTALLATION = Duration.ofSeconds(30);

  private RunRecheck() {}

  /** The delay, or empty if events alone wake the resource. */
  public static Optional<Duration> after(
      Staged model, RunObserved seen, RunDecision decision, Instant now) {
    return Stream.of(
            ofDecision(model, seen, decision, now),
            RunLeftovers.of(model, seen, decision, now).next())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private static Optional<Duration> ofDecision(
      Staged model, RunObserved seen, RunDecision decision, Instant now) {
    if (decision instanceof Finish) {
      return Optional.of(Duration.ZERO);
    }
    if (decision instanceof Forget forget && forget.step() instanceof Erasure.Failed failed) {
      return Optional.of(failed.recheck());
    }
    if (decision instanceof Move move && move.step() instanceof Erasure.Failed failed) {
      return Optional.of(failed.recheck());
    }
    if (decision instanceof Wait wait && wait.reason() == Reason.JobSetNotFound) {
      return Optional.of(INSTALLATION);
    }
    if (seen.jobs().listening()) {
      return Optional.of(LISTENING);
    }
    return RunConsent.left(model.spec(), now);
  }
}
