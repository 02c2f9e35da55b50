package dev.atelier.runtime.pretrain;

/** The answer that got the highest score. */
final class Highest {

  private Highest() {}

  /** Its number among those that stand behind one another; the first of equals. */
  static int of(float[] scores, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = scores[from + i] > scores[from + best] ? i : best;
    }
    return best;
  }
}
