package dev.atelier.operator.job;

import dev.atelier.api.DiffusionRuntime;
import java.util.Optional;

/**
 * Takes the steps of an erasure whose resource stays.
 *
 * @param key of the erase Job
 * @param stopped the stage that a run was at; where its Job is gone, no Job is left by which its
 *     stage file and policy could be found later
 * @param home the runtime whose storage holds the files
 * @param image of the erase pod
 * @param reason why, for the receipt: {@code ConsentExpired} or {@code Moved}
 */
public record Eraser(
    Children children,
    JobsSeen seen,
    StageKey key,
    StageKey stopped,
    Optional<DiffusionRuntime> home,
    String image,
    String reason) {

  /**
   * Takes one step.
   *
   * @throws dev.atelier.operator.shared.Refusal where the API server does not take the erase Job
   */
  public void take(Erasure step) {
    if (step instanceof Erasure.Stop stop) {
      children.stop(seen, stop.jobs());
    } else if (step instanceof Erasure.Again again) {
      children.remove(key.owner().namespace(), again.job());
    } else if (step instanceof Erasure.Launch) {
      if (seen.job(stopped.jobName()).isEmpty()) {
        children.discardFiles(stopped.owner().namespace(), stopped.jobName());
      }
      home.ifPresent(
          runtime ->
              children.apply(EraseManifests.of(key, runtime.getSpec(), image, reason, true)));
    }
  }
}
