package dev.atelier.runtime.evaluate;

import java.util.SplittableRandom;

/**
 * Kernel distance, KID (Binkowski et al. 2018): unbiased squared maximum mean discrepancy under the
 * kernel {@code (x.y / width + 1)^3}. Unbiased at any number of pictures, so it may be negative.
 */
public final class KernelDistance {
  private KernelDistance() {}

  /** Over all rows of both sets. */
  public static double of(Features a, Features b) {
    a.requireSameSpace(b);
    if (Math.min(a.count(), b.count()) < 2) {
      throw new IllegalArgumentException("the kernel distance needs two pictures in each set");
    }
    double across = 0;
    for (int i = 0; i < a.count(); i++) {
      for (int j = 0; j < b.count(); j++) {
        across += kernel(a, i, b, j);
      }
    }
    return within(a) + within(b) - 2 * across / ((double) a.count() * b.count());
  }

  /** Mean over random subsets of equal size, without replacement, as torch-fidelity reports it. */
  public static MeanAndDeviation overSubsets(
      Features a, Features b, int subsets, int size, long seed) {
    var random = new SplittableRandom(seed);
    var values = new double[subsets];
    for (int i = 0; i < subsets; i++) {
      values[i] =
          of(a.rows(sample(a.count(), size, random)), b.rows(sample(b.count(), size, random)));
    }
    return MeanAndDeviation.of(values);
  }

  /** The mean over pairs of different rows. */
  private static double within(Features x) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * kernel(x, i, x, j);
      }
    }
    return sum / ((double) x.count() * (x.count() - 1));
  }

  private static double kernel(Features x, int i, Features y, int j) {
    double base = x.dot(i, y, j) / x.width() + 1;
    return base * base * base;
  }

  /** The first places of a Fisher-Yates shuffle. */
  private static int[] sample(int count, int size, SplittableRandom random) {
    if (size > count) {
      throw new IllegalArgumentException(
          "a subset of %d cannot be drawn from %d pictures".formatted(size, count));
    }
    var places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    for (int i = 0; i < size; i++) {
      int other = i + random.nextInt(count - i);
      int kept = places[i];
      places[i] = places[other];
      places[other] = kept;
    }
    return java.util.Arrays.copyOf(places, size);
  }
}
