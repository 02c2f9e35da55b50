package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes leave of a resource: nothing of it stays in the store unless someone says so. */
public final class Deletion {

  /** Gives up on erasing, with a warning. */
  public static final String FORCE = "atelier.dev/force-delete";

  private static final Duration RECHECK = Duration.ofSeconds(30);

  private final Events events;
  private final ErasureMetrics metrics;
  private final Duration pause;
  private final Clock clock;

  /**
   * @param pause at least, between a failed erase Job and the next
   */
  public Deletion(Events events, ErasureMetrics metrics, Duration pause, Clock clock) {
    this.events = events;
    this.metrics = metrics;
    this.pause = pause;
    this.clock = clock;
  }

  /** How far it is. */
  public sealed interface Step {

    /** Nothing is left; the finalizer can go. */
    record Gone() implements Step {}

    /**
     * Not yet.
     *
     * @param reason Erasing, or EraseFailed when a person should look
     */
    record NotYet(Reason reason, String message, Duration recheck) implements Step {}
  }

  /**
   * Takes the next step.
   *
   * @param started whether anything may have been written
   * @param runtime whose storage holds the files
   * @param image of the erase pod
   */
  public Step next(
      HasMetadata resource,
      boolean started,
      JobsSeen seen,
      Optional<RuntimeSpec> runtime,
      String image,
      Children children) {
    var step = step(resource, started, seen, runtime, image, children);
    var metadata = resource.getMetadata();
    if (step instanceof Step.NotYet) {
      metrics.pending(metadata.getUid(), Instant.parse(metadata.getDeletionTimestamp()));
    } else if (started) {
      metrics.ended(
          resource.getKind(), metadata.getUid(), Leaving.forced(resource) ? "Forced" : "Erased");
    }
    return step;
  }

  private Step step(
      HasMetadata resource,
      boolean started,
      JobsSeen seen,
      Optional<RuntimeSpec> runtime,
      String image,
      Children children) {
    var owner = Owner.of(resource);
    var leaving = Leaving.next(resource, started, seen, runtime, pause, clock.instant());
    if (leaving instanceof Leaving.Forced) {
      children.stop(seen, seen.alive());
      removeErasure(owner, seen, children);
      events.warning(
          resource,
          Reason.EraseFailed,
          "annotation %s: files below %s may be left in the store"
              .formatted(FORCE, owner.folder()));
      return new Step.Gone();
    }
    if (leaving instanceof Leaving.Homeless) {
      return new Step.NotYet(
          Reason.EraseFailed,
          "its DiffusionRuntime is gone, and with it the knowledge where the files are; create it again, or give up with the annotation %s: \"true\""
              .formatted(FORCE),
          RECHECK);
    }
    return leaving instanceof Leaving.Erasing erasing
        ? erase(resource, owner, seen, erasing, image, children)
        : new Step.Gone();
  }

  private Step erase(
      HasMetadata resource,
      Owner owner,
      JobsSeen seen,
      Leaving.Erasing erasing,
      String image,
      Children children) {
    var step = erasing.step();
    if (step instanceof Erasure.Stop stop) {
      children.stop(seen, stop.jobs());
      return new Step.NotYet(Reason.Erasing, "waiting for running pods to end", RECHECK);
    }
    if (step instanceof Erasure.Launch) {
      try {
        children.apply(
            EraseManifests.of(erasing.key(), erasing.runtime(), image, "Deleted", false));
      } catch (Refusal e) {
        return new Step.NotYet(Reason.EraseFailed, e.said(), Refusal.RECHECK);
      }
      return new Step.NotYet(Reason.Erasing, "erasing every file", RECHECK);
    }
    if (step instanceof Erasure.Again again) {
      children.remove(owner.namespace(), again.job());
      return new Step.NotYet(Reason.Erasing, "trying to erase again", RECHECK);
    }
    if (step instanceof Erasure.Done done) {
      events.normal(resource, Reason.Erased, done.words().message());
      removeErasure(owner, seen, children);
      return new Step.Gone();
    }
    if (step instanceof Erasure.Failed failed) {
      return new Step.NotYet(Reason.EraseFailed, failed.message(), failed.recheck());
    }
    return new Step.NotYet(
        Reason.Erasing,
        step instanceof Erasure.Wait wait ? wait.message() : "erasing every file",
        RECHECK);
  }

  /** Nobody owns the erase Job of a deleted resource, so nobody else would remove it. */
  private static void removeErasure(Owner owner, JobsSeen seen, Children children) {
    var job = Erasure.onDeletion(owner).jobName();
    if (seen.job(job).isPresent()) {
      children.remove(owner.namespace(), job);
    }
  }
}
