package dev.atelier.runtime.sample;

/** What became of a planned picture. */
public enum Verdict {
  /** Written. */
  Written,
  /** Written, and marked for a person to look at. */
  Review,
  /** Refused by the output check; never written. */
  Blocked,
  /** The model gave no picture. */
  Failed;

  /** Whether there is a file. */
  public boolean produced() {
    return this == Written || this == Review;
  }
}
