package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Tensor;
import java.util.Arrays;

/** Mixes samples with noise, with factors of its own for each sample of the batch. */
final class SignalAndNoise {
  private final Tensor samples;
  private final Tensor noise;
  private final float[] signalFactors;
  private final float[] noiseFactors;

  SignalAndNoise(Tensor samples, Tensor noise) {
    this.samples = samples;
    this.noise = noise;
    signalFactors = new float[(int) samples.size(0)];
    noiseFactors = new float[signalFactors.length];
  }

  void set(int sample, double signal, double sigma) {
    signalFactors[sample] = (float) signal;
    noiseFactors[sample] = (float) sigma;
  }

  Tensor sum() {
    long[] shape = new long[samples.shape().length];
    Arrays.fill(shape, 1);
    shape[0] = signalFactors.length;
    try (Scope scope = Scope.open()) {
      Tensor signal = samples.mul(samples.torch().tensor(signalFactors, shape));
      return scope.keep(signal.add(noise.mul(samples.torch().tensor(noiseFactors, shape))));
    }
  }

  /** Fractional timesteps are computed, and so only nearly equal to those of another library. */
  private static final float SAME_TIMESTEP = 1e-3f;

  /** The step of a timestep; of equal ones the second, and the last for a foreign one. */
  static int indexOf(float timestep, float[] timesteps) {
    int found = -1;
    for (int i = 0; i < timesteps.length; i++) {
      if (Math.abs(timesteps[i] - timestep) < SAME_TIMESTEP) {
        if (found >= 0) {
          return i;
        }
        found = i;
      }
    }
    return found >= 0 ? found : timesteps.length - 1;
  }
}
