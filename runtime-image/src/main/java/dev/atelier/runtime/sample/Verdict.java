package dev.atelier.runtime.sample;

import dev.atelier.runtime.safety.PictureVerdict;

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

  /** What the output check's verdict on a picture makes of it. */
  static Verdict of(PictureVerdict judged) {
    return switch (judged.verdict()) {
      case PASS -> Written;
      case REVIEW -> Review;
      case BLOCK -> Blocked;
    };
  }

  /** Whether there is a file. */
  public boolean produced() {
    return this == Written || this == Review;
  }
}
