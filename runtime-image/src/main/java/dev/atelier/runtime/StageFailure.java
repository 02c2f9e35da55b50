package dev.atelier.runtime;

import dev.atelier.stage.ExitCode;
import dev.atelier.stage.TerminationMessage;
import org.jspecify.annotations.Nullable;

/**
 * Ends a stage with a reason of the API's closed list and a message for a person. The subclass says
 * what the operator does about it.
 */
public abstract sealed class StageFailure extends RuntimeException {

  private final String reason;

  private StageFailure(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The reason that the resource's condition gets. */
  public String reason() {
    return reason;
  }

  /** The process exit code; 1 is retried with back-off. */
  public abstract int exitCode();

  /** Bad input or configuration: never retried. */
  public static final class BadInput extends StageFailure {
    private final transient TerminationMessage.@Nullable Dataset dataset;

    /** Bad input without anything to report but the message. */
    public BadInput(String message) {
      this("BadInput", message, null, null);
    }

    /** Bad input caused by an exception. */
    public BadInput(String message, Throwable cause) {
      this("BadInput", message, null, cause);
    }

    /** Bad input with the verdicts on the photos. */
    public BadInput(
        String reason,
        String message,
        TerminationMessage.@Nullable Dataset dataset,
        @Nullable Throwable cause) {
      super(reason, message, cause);
      this.dataset = dataset;
    }

    /** The verdicts on the photos, where photos are what was bad. */
    public TerminationMessage.@Nullable Dataset dataset() {
      return dataset;
    }

    @Override
    public int exitCode() {
      return ExitCode.BAD_INPUT.code();
    }
  }

  /** What this image does not do: never retried. */
  public static final class NotSupported extends StageFailure {
    /** The message says what is not done, and what is. */
    public NotSupported(String message) {
      super("NotSupported", message, null);
    }

    @Override
    public int exitCode() {
      return ExitCode.BAD_INPUT.code();
    }
  }

  /** A bound of the gate is not kept: never retried, the pictures can be looked at. */
  public static final class GateFailed extends StageFailure {
    private final transient TerminationMessage words;

    /** The words hold the metrics and where gallery and report are. */
    public GateFailed(TerminationMessage words) {
      super(words.reason(), words.message(), null);
      this.words = words;
    }

    /** The last words of the stage. */
    public TerminationMessage words() {
      return words;
    }

    @Override
    public int exitCode() {
      return ExitCode.BAD_INPUT.code();
    }
  }

  /** The loss is not a number. */
  public static final class Diverged extends StageFailure {
    /** The message names the step and the last good checkpoint. */
    public Diverged(String message) {
      super("Diverged", message, null);
    }

    @Override
    public int exitCode() {
      return ExitCode.DIVERGED.code();
    }
  }

  /** Memory of the pod or of its GPU ran out. */
  public static final class OutOfMemory extends StageFailure {
    /** Known before the work began. */
    public OutOfMemory(String message) {
      super("OutOfMemory", message, null);
    }

    /** The message says what to make smaller. */
    public OutOfMemory(String message, Throwable cause) {
      super("OutOfMemory", message, cause);
    }

    @Override
    public int exitCode() {
      return ExitCode.OUT_OF_MEMORY.code();
    }
  }

  /** The store or a volume cannot be read or written: retried. */
  public static final class StorageUnavailable extends StageFailure {
    /** The message names the place and what to check. */
    public StorageUnavailable(String message, @Nullable Throwable cause) {
      super("StorageUnavailable", message, cause);
    }

    @Override
    public int exitCode() {
      return 1;
    }
  }

  /** A server that the stage depends on does not answer: retried. */
  public static final class EndpointUnavailable extends StageFailure {
    /** The message names the server and what to check. */
    public EndpointUnavailable(String message) {
      super("EndpointUnavailable", message, null);
    }

    @Override
    public int exitCode() {
      return 1;
    }
  }

  /** A process that this one trains together with is gone: all of them are retried. */
  public static final class PeerLost extends StageFailure {
    /** The message says which rank this is, and where to look. */
    public PeerLost(String message, @Nullable Throwable cause) {
      super("RetriesExhausted", message, cause);
    }

    @Override
    public int exitCode() {
      return 1;
    }
  }

  /** Asked to stop; everything needed to go on is in the store. */
  public static final class Checkpointed extends StageFailure {
    /** The message says up to where. */
    public Checkpointed(String message) {
      super("Pending", message, null);
    }

    @Override
    public int exitCode() {
      return ExitCode.CHECKPOINTED.code();
    }
  }
}
