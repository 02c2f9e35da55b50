package dev.atelier.operator.headshot;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.Reason;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when the person agreed. */
final class HeadshotConsent {

  private HeadshotConsent() {}

  static boolean ended(HeadshotSpec spec, Instant now) {
    var expiresAt = spec.subject().consent().expiresAt();
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** How long the consent still holds; empty without an end, or past it. */
  static Optional<Duration> left(HeadshotSpec spec, Instant now) {
    return Optional.ofNullable(spec.subject().consent().expiresAt())
        .filter(now::isBefore)
        .map(end -> Duration.between(now, end));
  }

  /** Whether the status already says that the consent ended. */
  static boolean saidSo(HeadshotStatus status) {
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
