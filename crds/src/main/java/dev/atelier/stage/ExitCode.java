package dev.atelier.stage;

import java.util.Arrays;
import java.util.Optional;

/** How a stage ends; the operator decides about a retry by these numbers alone. */
public enum ExitCode {
  /** Done; the manifest is published. */
  DONE(0),
  /** Bad input or configuration: never retried, the reason is in the termination message. */
  BAD_INPUT(42),
  /** Out of memory: retried once with half the batch and twice the gradient accumulation. */
  OUT_OF_MEMORY(43),
  /** The loss is not a number: retried once with half the learning rate. */
  DIVERGED(44),
  /** Checkpointed on SIGTERM: retried, not counted. */
  CHECKPOINTED(75);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit code. */
  public int code() {
    return code;
  }

  /** Whether it is an end that no Job repeats: another try would come to the same. */
  public boolean isFinal() {
    return this == BAD_INPUT || this == OUT_OF_MEMORY || this == DIVERGED;
  }

  /** The meaning of a process exit code, or empty for one that is retried with back-off. */
  public static Optional<ExitCode> of(int code) {
    return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
  }
}
