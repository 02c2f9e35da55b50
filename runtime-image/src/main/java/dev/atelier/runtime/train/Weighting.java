package dev.atelier.runtime.train;

import dev.atelier.runtime.schedule.PredictionType;

/** How much a sample counts by its signal-to-noise ratio. */
public sealed interface Weighting {

  /** The factor on the squared error of what is predicted. */
  double at(double snr, PredictionType prediction);

  /** All the same. */
  record Equal() implements Weighting {
    @Override
    public double at(double snr, PredictionType prediction) {
      return 1;
    }
  }

  /**
   * Clean samples count less (Hang et al. 2023, min-SNR).
   *
   * @param gamma highest weight of the error of the clean sample
   */
  record MinSnr(double gamma) implements Weighting {
    @Override
    public double at(double snr, PredictionType prediction) {
      if (snr == 0 && prediction == PredictionType.EPSILON) {
        return 1; // the limit; a table with zero terminal signal has one such step
      }
      return of(Math.min(snr, gamma), snr, prediction);
    }
  }

  /**
   * As min-SNR for clean samples, but noisy ones count in full (SNR + 1: Salimans and Ho 2022,
   * section 4): there it is decided what a picture shows, which is what a caption tells.
   *
   * @param most highest weight of the error of the clean sample
   */
  record NoisyInFull(double most) implements Weighting {
    @Override
    public double at(double snr, PredictionType prediction) {
      if (snr == 0 && prediction == PredictionType.EPSILON) {
        throw new IllegalArgumentException("without any signal the noise tells no clean sample");
      }
      return of(Math.min(snr + 1, most), snr, prediction);
    }
  }

  /** From a weight of the clean sample's error to one of what is predicted. */
  private static double of(double clean, double snr, PredictionType prediction) {
    return switch (prediction) {
      case EPSILON -> clean / snr;
      case V_PREDICTION -> clean / (snr + 1);
      case SAMPLE -> clean;
      case FLOW -> 1;
    };
  }
}
