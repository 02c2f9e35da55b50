package dev.atelier.runtime.evaluate;

/** How alike a clip's frames are, by the features of each frame. */
public final class TemporalConsistency {
  private TemporalConsistency() {}

  /** The mean cosine of neighbouring frames: 1 where nothing changes but what the model ignores. */
  public static double ofNeighbours(Features frames) {
    requireTwo(frames);
    double sum = 0;
    for (int i = 1; i < frames.count(); i++) {
      sum += frames.cosine(i - 1, frames, i);
    }
    return sum / (frames.count() - 1);
  }

  /** The mean cosine of every later frame with the first: falls where the subject drifts away. */
  public static double toFirst(Features frames) {
    requireTwo(frames);
    double sum = 0;
    for (int i = 1; i < frames.count(); i++) {
      sum += frames.cosine(0, frames, i);
    }
    return sum / (frames.count() - 1);
  }

  private static void requireTwo(Features frames) {
    if (frames.count() < 2) {
      throw new IllegalArgumentException("frames can only be compared where there are two or more");
    }
  }
}
