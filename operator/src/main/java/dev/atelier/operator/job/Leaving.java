package dev.atelier.operator.job;

import dev.atelier.api.RuntimeSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What taking leave of a resource asks for next; {@link Deletion} does it. */
public sealed interface Leaving {

  /** Somebody gives up on erasing. */
  record Forced() implements Leaving {}

  /** It never started anything. */
  record Nothing() implements Leaving {}

  /** Its runtime is gone, and with it the knowledge where the files are. */
  record Homeless() implements Leaving {}

  /** Its files have to go; this is the next step. */
  record Erasing(StageKey key, RuntimeSpec runtime, Erasure step) implements Leaving {}

  /**
   * Decides.
   *
   * @param started whether anything may have been written
   * @param runtime whose storage holds the files
   * @param pause at least, between a failed erase Job and the next
   */
  static Leaving next(
      HasMetadata resource,
      boolean started,
      JobsSeen seen,
      Optional<RuntimeSpec> runtime,
      Duration pause,
      Instant now) {
    if (forced(resource)) {
      return new Forced();
    }
    if (!started) {
      return new Nothing();
    }
    if (runtime.isEmpty()) {
      return new Homeless();
    }
    var key = Erasure.onDeletion(Owner.of(resource));
    var since = Instant.parse(resource.getMetadata().getDeletionTimestamp());
    return new Erasing(
        key, runtime.get(), Erasure.next(key, seen, Erasure.pause(pause, since, now), now));
  }

  /** Whether the annotation is set that gives up. */
  static boolean forced(HasMetadata resource) {
    var annotations = resource.getMetadata().getAnnotations();
    return annotations != null
        && "true".equals(Objects.toString(annotations.get(Deletion.FORCE), ""));
  }
}
