package dev.atelier.runtime.schedule;

import dev.atelier.runtime.model.config.ModelConfig;
import dev.atelier.runtime.model.config.UnsupportedConfigException;
import dev.atelier.runtime.tensor.Tensor;

/**
 * The variance-preserving diffusion of the training steps (Ho et al. 2020): {@code x_t =
 * sqrt(abar_t) x_0 + sqrt(1 - abar_t) noise}. Computed in float32 as diffusers does.
 */
public final class NoiseTable {
  /** abar where a schedule ends without signal and the sampler divides by it. */
  static final float LEAST_SIGNAL = 0x1p-24f;

  private static final double COSINE_MAX_BETA = 0.999;

  private final float[] alphasCumprod;

  private NoiseTable(float[] alphasCumprod) {
    this.alphasCumprod = alphasCumprod;
  }

  /** The table that a {@code scheduler_config.json} asks for. */
  public static NoiseTable from(ModelConfig config) {
    config.require("trained_betas");
    int steps = config.integer("num_train_timesteps", 1000);
    double start = config.number("beta_start", 0.0001);
    double end = config.number("beta_end", 0.02);
    String kind = config.text("beta_schedule", "linear");
    return of(kind, start, end, steps, config.flag("rescale_betas_zero_snr", false));
  }

  /** The table of a schedule by its diffusers name. */
  public static NoiseTable of(
      String schedule, double start, double end, int steps, boolean zeroTerminalSnr) {
    float[] betas =
        switch (schedule) {
          case "linear" -> linspace((float) start, (float) end, steps);
          case "scaled_linear" -> squared(linspace(Math.sqrt(start), Math.sqrt(end), steps));
          case "squaredcos_cap_v2" -> cosine(steps);
          default ->
              throw new UnsupportedConfigException(
                  "beta_schedule " + schedule + " is not supported.");
        };
    float[] cumulative = cumulative(betas);
    return new NoiseTable(zeroTerminalSnr ? cumulative(rescaled(cumulative)) : cumulative);
  }

  /**
   * This table with a last abar of zero replaced by {@link #LEAST_SIGNAL}, as samplers that divide
   * by it need (diffusers DPMSolverMultistep, Euler).
   */
  NoiseTable withSignalAtEnd() {
    float[] alphas = alphasCumprod.clone();
    int last = alphas.length - 1;
    alphas[last] = alphas[last] == 0 ? LEAST_SIGNAL : alphas[last];
    return new NoiseTable(alphas);
  }

  /** The number of training steps. */
  public int steps() {
    return alphasCumprod.length;
  }

  /** abar at a training step: the share of the signal's variance. */
  public float alphaCumprod(int timestep) {
    return alphasCumprod[timestep];
  }

  /** All of abar; a copy. */
  public float[] alphasCumprod() {
    return alphasCumprod.clone();
  }

  /** The signal-to-noise ratio abar / (1 - abar) at a training step. */
  public double snr(int timestep) {
    return alphasCumprod[timestep] / (1.0 - alphasCumprod[timestep]);
  }

  /** Noised samples, one training step per sample. */
  public Tensor addNoise(Tensor samples, Tensor noise, long[] timesteps) {
    var mix = new SignalAndNoise(samples, noise);
    for (int i = 0; i < timesteps.length; i++) {
      mix.set(i, signal(timesteps[i]), sigma(timesteps[i]));
    }
    return mix.sum();
  }

  /** The velocity {@code sqrt(abar) noise - sqrt(1 - abar) x} (Salimans and Ho 2022). */
  public Tensor velocity(Tensor samples, Tensor noise, long[] timesteps) {
    var mix = new SignalAndNoise(samples, noise);
    for (int i = 0; i < timesteps.length; i++) {
      mix.set(i, -sigma(timesteps[i]), signal(timesteps[i]));
    }
    return mix.sum();
  }

  private double signal(long timestep) {
    return Math.sqrt(alphasCumprod[(int) timestep]);
  }

  private double sigma(long timestep) {
    return Math.sqrt(1 - alphasCumprod[(int) timestep]);
  }

  /** torch.linspace in float32: from both ends towards the middle. */
  private static float[] linspace(double start, double end, int count) {
    float first = (float) start;
    float last = (float) end;
    float step = (last - first) / (count - 1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i < count / 2 ? first + step * i : last - step * (count - 1 - i);
    }
    return values;
  }

  private static float[] squared(float[] roots) {
    float[] squares = new float[roots.length];
    for (int i = 0; i < roots.length; i++) {
      squares[i] = roots[i] * roots[i];
    }
    return squares;
  }

  /** Nichol and Dhariwal 2021. */
  private static float[] cosine(int steps) {
    float[] betas = new float[steps];
    for (int i = 0; i < steps; i++) {
      double ratio = cosineBar((i + 1.0) / steps) / cosineBar((double) i / steps);
      betas[i] = (float) Math.min(1 - ratio, COSINE_MAX_BETA);
    }
    return betas;
  }

  private static double cosineBar(double t) {
    double cosine = Math.cos((t + 0.008) / 1.008 * Math.PI / 2);
    return cosine * cosine;
  }

  /** torch.cumprod keeps a float64 accumulator on the CPU and rounds each entry. */
  private static float[] cumulative(float[] betas) {
    float[] products = new float[betas.length];
    double product = 1;
    for (int i = 0; i < betas.length; i++) {
      product *= 1f - betas[i];
      products[i] = (float) product;
    }
    return products;
  }

  /** Shifts and scales sqrt(abar) so that the last step is pure noise (Lin et al. 2024, alg. 1). */
  private static float[] rescaled(float[] cumulative) {
    int last = cumulative.length - 1;
    float first = (float) Math.sqrt(cumulative[0]);
    float end = (float) Math.sqrt(cumulative[last]);
    float[] betas = new float[cumulative.length];
    float before = 1;
    for (int i = 0; i <= last; i++) {
      float root = ((float) Math.sqrt(cumulative[i]) - end) * (first / (first - end));
      float bar = root * root;
      betas[i] = 1 - bar / before;
      before = bar;
    }
    return betas;
  }
}
