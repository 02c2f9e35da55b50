package dev.atelier.api;

/** How the learning rate changes after warm-up. */
public enum LearningRateSchedule {
  /** It stays. */
  Constant,
  /** Half a cosine wave down to 0 at the last step. */
  Cosine,
  /** A line down to 0 at the last step. */
  Linear
}
