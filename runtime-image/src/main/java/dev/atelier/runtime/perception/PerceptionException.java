package dev.atelier.runtime.perception;

/** A perception model could not be read or run; the message names the model and what to do. */
public final class PerceptionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PerceptionException(String message, Throwable cause) {
    super(message, cause);
  }

  PerceptionException(String message) {
    super(message);
  }
}
