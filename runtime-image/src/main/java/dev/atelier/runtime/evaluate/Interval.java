package dev.atelier.runtime.evaluate;

/**
 * A confidence interval.
 *
 * @param level 0..1, such as 0.95
 */
public record Interval(double low, double high, double level) {

  private static final double LEVEL = 0.95;

  /** Of the normal distribution, for that level. */
  private static final double DEVIATIONS = 1.959964;

  /**
   * The 95 % interval of a share (Wilson 1927): unlike one by resampling it stays open where all or
   * none of a few hit.
   *
   * @param of at least one
   */
  public static Interval ofShare(long hits, long of) {
    double share = (double) hits / of;
    double square = DEVIATIONS * DEVIATIONS;
    double centre = share + square / (2 * of);
    double reach = DEVIATIONS * Math.sqrt(share * (1 - share) / of + square / (4.0 * of * of));
    double scale = 1 / (1 + square / of);
    return new Interval(
        Math.max(0, scale * (centre - reach)), Math.min(1, scale * (centre + reach)), LEVEL);
  }
}
