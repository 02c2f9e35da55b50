package dev.atelier.operator.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/** Hears of each change of a kind's resources, after the cache knows it. */
@FunctionalInterface
interface RelayListener<R extends HasMetadata> {

  /**
   * A change.
   *
   * @param before null when the resource is new
   * @param now null when it is gone
   */
  void changed(@Nullable R before, @Nullable R now);
}
