package dev.atelier.operator.job;

import dev.atelier.api.Reason;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.Progress;
import dev.atelier.stage.TerminationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of a stage's Job, as far as the caches know. */
public sealed interface StageState {

  /** There is no such Job and none of its pods. */
  record Absent() implements StageState {}

  /**
   * Nothing computes yet, or not right now.
   *
   * @param reason Pending, or what holds it up
   */
  record Waiting(Reason reason, String message) implements StageState {

    /** Whether the pod waits for its stage file, which only someone else can have deleted. */
    public boolean misses(String stageFile) {
      return reason == Reason.MountFailed
          && message
              .toLowerCase(Locale.ROOT)
              .contains("configmap \"%s\" not found".formatted(stageFile));
    }
  }

  /** No pod computes yet, and nothing is known that keeps one from it. */
  record Starting() implements StageState {}

  /** Pods compute; there may be no news of them yet. */
  record Running(Optional<Progress> progress) implements StageState {}

  /**
   * The pods have ended for good, other than all well, and the Job is about to say how: nothing to
   * tell for a second.
   */
  record Settling() implements StageState {}

  /** The Job has ended; what its pods said last has not arrived yet. */
  record Ending() implements StageState {}

  /** The Job is being deleted; its pods save what they have. */
  record Stopping() implements StageState {}

  /**
   * Done.
   *
   * @param words of every pod that finished, in the order of their index; empty if the pods were
   *     removed before anyone listened
   */
  record Done(List<TerminationMessage> words) implements StageState {}

  /**
   * Kubernetes gave up on it.
   *
   * @param reason for the condition
   * @param message for a person
   * @param exit what the exit code asks for
   * @param words of the pod that failed
   */
  record Broken(
      Reason reason, String message, Optional<ExitCode> exit, Optional<TerminationMessage> words)
      implements StageState {}
}
