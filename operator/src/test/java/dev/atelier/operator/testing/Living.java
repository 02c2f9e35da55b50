package dev.atelier.operator.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;

/** A resource with its Jobs and a clock, which is reconciled and takes leave without a cluster. */
public interface Living extends Told {

  /** The resource as it is now. */
  HasMetadata resource();

  /** Its Jobs. */
  FakeJobs jobs();

  /** The time. */
  Instant now();

  /** Time passes. */
  void pass(Duration time);

  /** Whether anything may have been written. */
  boolean started();

  /**
   * Reconciles until there is nothing more to do at once.
   *
   * @return the last decision
   */
  Object settle();

  /** From now on, late caches show things as they are now. */
  void remember();

  /**
   * One step of taking leave of the deleted resource, with late caches or not.
   *
   * @return whether it is gone
   */
  boolean leave(boolean late);
}
