package dev.atelier.runtime.model.block;

import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;

/** Sinusoidal embedding of numbers (diffusers {@code embeddings.py}, after Vaswani et al. 2017). */
public final class Timesteps {
  private static final double MAX_PERIOD = 10_000;

  /**
   * How numbers become waves.
   *
   * @param cosineFirst whether the cosines come before the sines
   * @param frequencyShift what is taken off the number of frequencies where they are spread
   */
  public record Sinusoid(boolean cosineFirst, double frequencyShift) {}

  private final int width;
  private final Sinusoid sinusoid;

  public Timesteps(int width, Sinusoid sinusoid) {
    this.width = width;
    this.sinusoid = sinusoid;
  }

  /** Numbers {@code [n]} to {@code [n, width]} in float32. */
  public Tensor forward(Tensor numbers) {
    Tensor angles = numbers.to(DType.FLOAT32).reshape(-1, 1).mul(frequencies(numbers.torch()));
    return sinusoid.cosineFirst()
        ? Ops.concat(1, angles.cos(), angles.sin())
        : Ops.concat(1, angles.sin(), angles.cos());
  }

  private Tensor frequencies(Torch torch) {
    int half = width / 2;
    float[] exponents = new float[half];
    for (int i = 0; i < half; i++) {
      exponents[i] =
          (float) (-Math.log(MAX_PERIOD)) * i / (float) (half - sinusoid.frequencyShift());
    }
    return torch.tensor(exponents, 1, half).exp();
  }
}
