package dev.atelier.runtime.text;

/** A prompt that is longer than what is drawn of one. */
public final class PromptTooLongException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public PromptTooLongException(String message) {
    super(message);
  }
}
