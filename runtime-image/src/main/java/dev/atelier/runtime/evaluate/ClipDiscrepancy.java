package dev.atelier.runtime.evaluate;

/**
 * CMMD (Jayasumana et al. 2024): 1000 times the squared maximum mean discrepancy of CLIP image
 * embeddings under a Gaussian kernel of deviation 10, the diagonal included. On unit vectors every
 * kernel value is nearly 1: double precision is a must.
 */
public final class ClipDiscrepancy {
  private static final double GAMMA = 1 / (2 * 10.0 * 10.0);
  private static final double SCALE = 1000;

  private ClipDiscrepancy() {}

  /** The discrepancy of the vectors as they are; CMMD is defined on vectors of unit length. */
  public static double of(Features a, Features b) {
    a.requireSameSpace(b);
    return SCALE * (mean(a, a) + mean(b, b) - 2 * mean(a, b));
  }

  private static double mean(Features x, Features y) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < y.count(); j++) {
        // expm1: the ones cancel between the three means, their rounding would not.
        sum += Math.expm1(-GAMMA * x.squaredDistance(i, y, j));
      }
    }
    return sum / ((double) x.count() * y.count());
  }
}
