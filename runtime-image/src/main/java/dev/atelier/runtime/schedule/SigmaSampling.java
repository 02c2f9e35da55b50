package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;

/** A run that counts in noise levels: one for each step, and those behind the last. */
abstract class SigmaSampling implements Sampling {
  private final float[] timesteps;
  private final double[] sigmas;

  SigmaSampling(float[] timesteps, double[] sigmas) {
    this.timesteps = timesteps;
    this.sigmas = sigmas;
  }

  /** The share of the noiseless sample in a sample of that level. */
  abstract double signal(double sigma);

  @Override
  public final float[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public final double[] sigmas() {
    return sigmas.clone();
  }

  @Override
  public final Tensor addNoise(Tensor samples, Tensor noise, float[] at) {
    var mix = new SignalAndNoise(samples, noise);
    for (int i = 0; i < at.length; i++) {
      double sigma = sigma(SignalAndNoise.indexOf(at[i], timesteps));
      mix.set(i, signal(sigma), sigma);
    }
    return mix.sum();
  }

  final double sigma(int step) {
    return sigmas[step];
  }
}
