package dev.atelier.runtime.tokenizer;

/** A tokenizer folder that cannot be used; says which file, what about it, and what to do. */
public final class TokenizerException extends RuntimeException {
  public TokenizerException(String message) {
    super(message);
  }

  public TokenizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
