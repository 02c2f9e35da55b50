package dev.atelier.operator.serving;

import dev.atelier.api.Reason;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.run.RunCompanion;
import java.util.Optional;

/** What to do next about what serves a model. */
sealed interface ServingDecision {

  /** Something is not as it should be: apply all of it. */
  record Serve(ServingChildren children) implements ServingDecision {}

  /** All is as it should be, or as it was left when it last could be said how it should be. */
  record Keep() implements ServingDecision {}

  /** It cannot be said how all should be, but how many pods. */
  record Scale(int replicas) implements ServingDecision {}

  /** Nothing is to serve any more. */
  record Remove() implements ServingDecision {}

  /** Nothing serves any more; what is left of it can go. */
  record Tidy() implements ServingDecision {}

  /** Nothing serves yet, and this is why. */
  record Wait(Reason reason, String message) implements ServingDecision {}

  /** Nobody asks for anything, and nothing is there. */
  record Nothing() implements ServingDecision {}

  /**
   * Decides; the same input always gives the same answer.
   *
   * @param turn as far as the run is concerned
   * @param image of pods whose DiffusionRuntime names none
   * @param isolation how pods are fenced off
   */
  static ServingDecision of(
      VideoGenerator video,
      RunCompanion.Turn turn,
      ServingSeen seen,
      String image,
      Optional<Isolation> isolation) {
    return new ServingRules(video, turn, seen, image, isolation).decide();
  }
}
