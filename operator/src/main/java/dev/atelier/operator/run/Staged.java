package dev.atelier.operator.run;

import dev.atelier.operator.job.Owner;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource that runs through stages, seen alike whatever its kind.
 *
 * @param unsupported what stands in the way for good: values that only a newer release knows, or
 *     fields that this one does not run
 */
public record Staged(
    Owner owner,
    long generation,
    Optional<String> unsupported,
    StagedSpec spec,
    @Nullable StagedStatus status) {

  /** A resource with the translations of its spec and status. */
  public static Staged of(HasMetadata resource, StagedSpec spec, @Nullable StagedStatus status) {
    return new Staged(
        Owner.of(resource),
        Objects.requireNonNullElse(resource.getMetadata().getGeneration(), 0L),
        UnknownValues.of(resource),
        spec,
        status);
  }

  /** The same with another status. */
  Staged told(StagedStatus next) {
    return new Staged(owner, generation, unsupported, spec, next);
  }

  /** The same, with something that this release does not run. */
  public Staged refused(Optional<String> what) {
    return new Staged(owner, generation, unsupported.or(() -> what), spec, status);
  }
}
