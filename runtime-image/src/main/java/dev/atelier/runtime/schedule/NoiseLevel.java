package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;

/**
 * How much signal and how much noise a sample holds: {@code x = alpha x_0 + sigma noise}.
 *
 * @param alpha factor of the noiseless sample
 * @param sigma factor of the noise
 */
record NoiseLevel(double alpha, double sigma) {
  /**
   * Where the squares add up to one, from abar, the share of the signal's variance. In float32 as
   * diffusers computes it: where next to no signal is left, its rounding is in the sample.
   */
  static NoiseLevel ofAlphaCumprod(float alphaCumprod) {
    return new NoiseLevel((float) Math.sqrt(alphaCumprod), (float) Math.sqrt(1 - alphaCumprod));
  }

  /** Where the squares add up to one, from the noise-to-signal ratio. */
  static NoiseLevel ofRatio(double sigma) {
    double alpha = 1 / Math.sqrt(sigma * sigma + 1);
    return new NoiseLevel(alpha, sigma * alpha);
  }

  /** Where signal and noise add up to one. */
  static NoiseLevel ofFlow(double sigma) {
    return new NoiseLevel(1 - sigma, sigma);
  }

  /** Half the logarithm of the signal-to-noise ratio. */
  double lambda() {
    return Math.log(alpha) - Math.log(sigma);
  }

  /** What a prediction takes the noiseless sample to be. */
  Tensor original(PredictionType type, Tensor prediction, Tensor sample) {
    return switch (type) {
      // Without any signal this is infinite with the right sign, which clipping brings in range.
      case EPSILON -> sample.combine(1, prediction, -sigma).mul(1 / alpha);
      case V_PREDICTION -> sample.combine(alpha, prediction, -sigma);
      case SAMPLE -> prediction;
      case FLOW -> sample.combine(1, prediction, -sigma);
    };
  }

  /** What a prediction takes the noise to be. */
  Tensor noise(PredictionType type, Tensor prediction, Tensor sample) {
    return switch (type) {
      case EPSILON -> prediction;
      case V_PREDICTION -> prediction.combine(alpha, sample, sigma);
      case SAMPLE -> noiseBeside(prediction, sample);
      case FLOW -> sample.combine(1, prediction, 1 - sigma);
    };
  }

  /** The noise that is left when the noiseless sample is taken out. */
  Tensor noiseBeside(Tensor original, Tensor sample) {
    return sample.combine(1 / sigma, original, -alpha / sigma);
  }
}
