package dev.atelier.runtime.video;

import java.io.IOException;

/** A video file that cannot be read, with what to do about it. */
public final class VideoException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The message is for the person who owns the file. */
  public VideoException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message is for the person who owns the file. */
  public VideoException(String message) {
    super(message);
  }
}
