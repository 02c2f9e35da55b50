package dev.atelier.local.workstation;

/** Something that the person at the keyboard can put right: what happened and what to do next. */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  /**
   * @param message what went wrong and where
   * @param advice what to do next
   */
  public UserError(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /** What to do next. */
  public String advice() {
    return advice;
  }
}
