package dev.atelier.runtime.stage;

/** A mean of the last losses. */
final class RunningLoss {

  /** Weight of the newest loss: single steps vary by their timesteps. */
  private static final double NEWEST = 0.1;

  private double mean = Double.NaN;

  /** The mean with one more loss. */
  double with(double loss) {
    mean = Double.isNaN(mean) ? loss : mean + NEWEST * (loss - mean);
    return mean;
  }

  /** Not a number before the first loss. */
  double mean() {
    return mean;
  }
}
