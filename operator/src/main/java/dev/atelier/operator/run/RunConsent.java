package dev.atelier.operator.run;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.Reason;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when the person agreed, where a run is about a person. */
final class RunConsent {

  private RunConsent() {}

  static boolean ended(StagedSpec spec, Instant now) {
    return spec.expiresAt().filter(end -> !now.isBefore(end)).isPresent();
  }

  /** How long the consent still holds; empty without an end, or past it. */
  static Optional<Duration> left(StagedSpec spec, Instant now) {
    return spec.expiresAt().filter(now::isBefore).map(end -> Duration.between(now, end));
  }

  /** Whether the status already says that the consent ended. */
  static boolean saidSo(StagedStatus status) {
    return ConditionSet.find(status.conditions(), ConditionType.Ready)
        .filter(ready -> Reason.ConsentExpired.name().equals(ready.getReason()))
        .isPresent();
  }

  /** The erasure of a resource that never started anything. */
  static Erasure nothingToErase(Owner owner) {
    return new Erasure.Done(
        TerminationMessage.of(
            TerminationMessage.Result.Succeeded,
            Reason.Erased.name(),
            "nothing of %s had been stored".formatted(owner.name())));
  }
}
