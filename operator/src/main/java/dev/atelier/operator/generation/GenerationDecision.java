package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What to do next about a GenerationJob. */
sealed interface GenerationDecision {

  /** Something outside is missing; its arrival wakes the resource. */
  record Wait(Reason reason, String message) implements GenerationDecision {

    /** Whether nothing that arrives by itself can help: a person has to act. */
    boolean stalls() {
      return reason == Reason.NotSupported
          || reason == Reason.InvalidSpec
          || reason == Reason.ConsentExpired;
    }
  }

  /** The pictures have to be drawn. */
  record Launch(RunStatus run, String because) implements GenerationDecision {}

  /** They are being drawn. */
  record Follow(RunStatus run, StageState state) implements GenerationDecision {}

  /** They are drawn; one message of each pod. */
  record Finish(RunStatus run, List<TerminationMessage> words, long gpuSeconds)
      implements GenerationDecision {}

  /** They are not, and nobody tries again. */
  record Fail(
      RunStatus run, Reason reason, String message, List<TerminationMessage> words, long gpuSeconds)
      implements GenerationDecision {}

  /**
   * The user wants the GPU back: these Jobs save and go; none once they are gone.
   *
   * @param gpuSeconds that they used; their last words go with them
   */
  record Suspend(List<String> jobs, long gpuSeconds) implements GenerationDecision {}

  /**
   * The person does not agree any more: nothing of them stays.
   *
   * @param why the consent ended
   * @param gpuSeconds of the Jobs that are stopped for it; their last words go with them
   */
  record Forget(RunStatus run, String why, Erasure step, long gpuSeconds)
      implements GenerationDecision {}

  /** Its time after finishing is over: delete it. */
  record Expire() implements GenerationDecision {}

  /**
   * There is nothing to do.
   *
   * @param recheck until its time is over; zero for never
   */
  record Rest(Duration recheck) implements GenerationDecision {}

  /**
   * Decides; the same input always gives the same answer.
   *
   * @param erasePause at least, between a failed erase Job and the next
   */
  static GenerationDecision of(
      GenerationJob job, GenerationObserved seen, Duration erasePause, Instant now) {
    return new GenerationRules(job, seen, erasePause, now).decide();
  }
}
