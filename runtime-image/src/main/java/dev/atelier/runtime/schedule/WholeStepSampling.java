package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;

/** A run whose timesteps are training steps, looked up in the noise table. */
abstract class WholeStepSampling implements Sampling {
  private final NoiseTable table;
  private final float[] timesteps;

  WholeStepSampling(NoiseTable table, double[] spaced) {
    this.table = table;
    timesteps = new float[spaced.length];
    for (int i = 0; i < timesteps.length; i++) {
      timesteps[i] = (float) Math.rint(spaced[i]);
    }
  }

  @Override
  public float[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public Tensor addNoise(Tensor samples, Tensor noise, float[] at) {
    long[] whole = new long[at.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (long) at[i];
    }
    return table.addNoise(samples, noise, whole);
  }

  int steps() {
    return timesteps.length;
  }

  /** The training step of a step of this run. */
  int timestep(int step) {
    return (int) timesteps[step];
  }
}
