package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What to do next about a HeadshotModel. */
sealed interface HeadshotDecision {

  /** Something outside is missing; its arrival wakes the resource. */
  record Wait(Reason reason, String message) implements HeadshotDecision {

    /** Whether nothing that arrives can help: only another spec, or another release. */
    boolean forGood() {
      return reason == Reason.NotSupported;
    }
  }

  /** The run's stage has to start. */
  record Launch(RunStatus run, String because, Spent spent) implements HeadshotDecision {}

  /** The run's stage is under way. */
  record Follow(RunStatus run, StageState state) implements HeadshotDecision {}

  /** The run's stage published its result. */
  record Finish(RunStatus run, TerminationMessage words, long gpuSeconds)
      implements HeadshotDecision {}

  /** The run ends without a result. */
  record Fail(
      RunStatus run,
      Reason reason,
      String message,
      Optional<TerminationMessage> words,
      long gpuSeconds)
      implements HeadshotDecision {}

  /** Jobs of an earlier run are in the way. */
  record Supersede(List<String> jobs) implements HeadshotDecision {}

  /**
   * The user wants the GPU back: these Jobs checkpoint and go; none once they are gone.
   *
   * @param gpuSeconds that they used; their last words go with them
   */
  record Suspend(List<String> jobs, long gpuSeconds) implements HeadshotDecision {}

  /**
   * A new run keeps its files elsewhere; those of the earlier one are erased while it is known
   * where they are.
   */
  record Move(Erasure step) implements HeadshotDecision {}

  /** The consent ended. */
  record Forget(Erasure step) implements HeadshotDecision {}

  /** There is nothing to do for this generation. */
  record Rest() implements HeadshotDecision {}

  /**
   * GPU seconds at the start of an attempt.
   *
   * @param news what the last attempt used, not yet in the status
   * @param total of the run, the news included
   */
  record Spent(long news, long total) {}

  /** Decides; the same input always gives the same answer. */
  static HeadshotDecision of(
      HeadshotModel model, HeadshotObserved seen, Duration erasePause, Instant now) {
    return new HeadshotRules(model, seen, erasePause, now).decide();
  }
}
