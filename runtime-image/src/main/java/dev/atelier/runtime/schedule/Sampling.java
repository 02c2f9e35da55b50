package dev.atelier.runtime.schedule;

import dev.atelier.runtime.tensor.Tensor;
import java.util.function.Supplier;

/** One run of a sampler from noise to a sample. Steps are taken in order, each once. */
public interface Sampling extends AutoCloseable {
  /** The training steps to ask the model about, noisiest first. */
  float[] timesteps();

  /** What standard normal noise is multiplied with before the first step. */
  default double initNoiseSigma() {
    return 1;
  }

  /** The model's input for a step. */
  default Tensor scaleModelInput(Tensor sample, int step) {
    return sample;
  }

  /** The noise level of each step and of the end, for samplers that count in noise levels. */
  default double[] sigmas() {
    return new double[0];
  }

  /** Noised samples at timesteps of this run, one per sample; where image-to-image starts. */
  Tensor addNoise(Tensor samples, Tensor noise, float[] timesteps);

  /**
   * One step.
   *
   * @param prediction the model's output, of the sample's shape
   * @param step the index into {@link #timesteps}
   * @param noise draws standard normal noise of the sample's shape, for samplers that add some
   */
  Step step(Tensor prediction, int step, Tensor sample, Supplier<Tensor> noise);

  /**
   * What a step gives.
   *
   * @param sample the less noisy sample
   * @param original what the model takes the noiseless sample to be; for previews
   */
  record Step(Tensor sample, Tensor original) {}

  /** Frees what the run remembers of earlier steps. */
  @Override
  default void close() {}
}
