package dev.atelier.runtime.tensor;

/** A weight file that is missing, damaged, or does not hold what the model's configuration asks. */
public class WeightsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WeightsException(String message) {
    super(message);
  }

  public WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
