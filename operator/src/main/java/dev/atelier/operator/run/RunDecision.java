package dev.atelier.operator.run;

import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What to do next about a run. */
public sealed interface RunDecision {

  /** Something outside is missing; its arrival wakes the resource. */
  record Wait(Reason reason, String message) implements RunDecision {

    /** Whether nothing that arrives can help: only another spec, or another release. */
    boolean forGood() {
      return reason == Reason.NotSupported || reason == Reason.InvalidSpec;
    }
  }

  /** The run's stage has to start. */
  record Launch(RunStatus run, String because, Spent spent) implements RunDecision {}

  /** The run's stage is under way. */
  record Follow(RunStatus run, StageState state) implements RunDecision {}

  /** The run's stage published its result. */
  record Finish(RunStatus run, TerminationMessage words, long gpuSeconds) implements RunDecision {}

  /** The run ends without a result. */
  record Fail(
      RunStatus run,
      Reason reason,
      String message,
      Optional<TerminationMessage> words,
      long gpuSeconds)
      implements RunDecision {}

  /** Jobs of an earlier run are in the way. */
  record Supersede(List<String> jobs) implements RunDecision {}

  /**
   * The user wants the GPU back: these Jobs checkpoint and go; none once they are gone.
   *
   * @param gpuSeconds that they used; their last words go with them
   */
  record Suspend(List<String> jobs, long gpuSeconds) implements RunDecision {}

  /**
   * A new run keeps its files elsewhere; those of the earlier one are erased while it is known
   * where they are.
   */
  record Move(Erasure step) implements RunDecision {}

  /** The consent ended. */
  record Forget(Erasure step) implements RunDecision {}

  /** There is nothing to do for this generation. */
  record Rest() implements RunDecision {}

  /**
   * GPU seconds at the start of an attempt.
   *
   * @param news what the last attempt used, not yet in the status
   * @param total of the run, the news included
   */
  record Spent(long news, long total) {}

  /** Decides; the same input always gives the same answer. */
  static RunDecision of(Staged model, RunObserved seen, Duration erasePause, Instant now) {
    return new RunRules(model, seen, erasePause, now).decide();
  }
}
