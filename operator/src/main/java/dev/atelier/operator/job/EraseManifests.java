package dev.atelier.operator.job;

import dev.atelier.api.LimitsSpec;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.stage.EraseInput;
import java.util.List;

/** The children of an erasure. */
public final class EraseManifests {

  private static final long DEADLINE_SECONDS = 3600;

  private EraseManifests() {}

  /**
   * Erases everything of the owner.
   *
   * @param reason why: {@code Deleted} or {@code ConsentExpired}
   * @param owned false when the owner is being deleted, which would take the Job with it
   */
  public static StageChildren of(
      StageKey key, RuntimeSpec runtime, String image, String reason, boolean owned) {
    var mounts = new Mounts(runtime.storage());
    var storage = mounts.storage();
    var owner = key.owner();
    return StageManifests.of(
        new StageRequest(
            key,
            image,
            runtime,
            LimitsSpec.DEFAULT,
            new EraseInput(List.of(owner.folder()), owner.receipt(), reason),
            storage,
            mounts,
            1,
            0,
            DEADLINE_SECONDS,
            owned));
  }
}
