package dev.atelier.runtime.evaluate;

/**
 * What a checkpoint reached on the held-out photos and the fixed prompts.
 *
 * @param identity higher is better
 * @param promptAlignment higher is better
 * @param memorisation how near its pictures come to training photos; lower is better
 */
public record CheckpointScore(
    int step, double identity, double promptAlignment, double memorisation) {

  public CheckpointScore {
    if (!Double.isFinite(identity)
        || !Double.isFinite(promptAlignment)
        || !Double.isFinite(memorisation)) {
      throw new IllegalArgumentException(
          "the checkpoint of step %d has a score that is not a number".formatted(step));
    }
  }

  /** At least as good in everything and better in something. */
  public boolean dominates(CheckpointScore other) {
    return isWithin(0, other)
        && (identity > other.identity
            || promptAlignment > other.promptAlignment
            || memorisation < other.memorisation);
  }

  /** At least as good in everything, but for the tolerance. */
  boolean isWithin(double tolerance, CheckpointScore other) {
    return identity >= other.identity - tolerance
        && promptAlignment >= other.promptAlignment - tolerance
        && memorisation <= other.memorisation + tolerance;
  }
}
