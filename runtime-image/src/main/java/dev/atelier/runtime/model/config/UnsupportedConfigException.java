package dev.atelier.runtime.model.config;

/** A configuration that is unreadable, incomplete, or asks for something this runtime lacks. */
public final class UnsupportedConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsupportedConfigException(String message) {
    super(message);
  }

  public UnsupportedConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
