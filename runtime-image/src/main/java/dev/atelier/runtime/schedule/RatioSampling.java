package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;

/**
 * A run in the form {@code x = x_0 + sigma noise} of Karras et al. 2022, where sigma is the
 * noise-to-signal ratio; the model is asked about samples of unit variance.
 */
abstract class RatioSampling extends SigmaSampling {
  private final boolean startsBeside;

  /**
   * @param sigmas one per step and those behind the last
   * @param startsBeside whether the first sample is noise beside a sample rather than noise alone
   */
  RatioSampling(float[] timesteps, double[] sigmas, boolean startsBeside) {
    super(timesteps, sigmas);
    this.startsBeside = startsBeside;
  }

  @Override
  final double signal(double sigma) {
    return 1;
  }

  @Override
  public double initNoiseSigma() {
    return startsBeside ? Math.hypot(sigma(0), 1) : sigma(0);
  }

  @Override
  public Tensor scaleModelInput(Tensor sample, int step) {
    return sample.mul(1 / Math.hypot(sigma(step), 1));
  }

  /**
   * What a prediction takes the noiseless sample to be.
   *
   * @param sigma the level that the model was told
   * @param actual the level of the sample, higher where noise was added after
   */
  static Tensor original(
      PredictionType type, Tensor prediction, Tensor sample, double sigma, double actual) {
    double length = Math.hypot(sigma, 1);
    return switch (type) {
      case EPSILON -> sample.combine(1, prediction, -actual);
      case V_PREDICTION -> sample.combine(1 / (length * length), prediction, -sigma / length);
      case SAMPLE -> prediction;
      case FLOW -> throw new IllegalArgumentException("A flow has no noise-to-signal ratio.");
    };
  }

  /**
   * Along the straight line from the sample to the noiseless one, from one level to another. In
   * diffusers' order of operations: at a zero terminal signal sigma is 4096 and a step cancels
   * almost all of it, so that what is left depends on how float32 rounded.
   */
  static Tensor towards(Tensor original, Tensor sample, double from, double to) {
    Tensor direction = sample.sub(original).div(sample.torch().scalar(from));
    return sample.add(direction.mul((float) to - (float) from));
  }
}
