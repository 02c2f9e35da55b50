package dev.atelier.runtime.train;

import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.PredictionType;
import dev.atelier.runtime.tensor.Autograd;
import dev.atelier.runtime.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Reconstruction loss on the subject plus weighted prior-preservation loss on the class
 * (DreamBooth, Ruiz et al. 2023, eq. 2), each sample weighted by min-SNR (Hang et al. 2023) where
 * asked for.
 *
 * @param minSnrGamma clamp of the signal-to-noise ratio
 * @param priorWeight weight of the mean over the class samples
 */
public record Objective(
    NoiseTable table, PredictionType prediction, OptionalDouble minSnrGamma, double priorWeight) {

  /** The loss to descend and its parts; all without dimensions. */
  public record Loss(Tensor total, Tensor instance, Tensor prior) {

    /** Adds a share of the total's gradients to those of the parameters. */
    void backward(double share) {
      Autograd.backward(share == 1 ? total : total.mul(share));
    }
  }

  /** The batch's latents with its noise added. */
  public Tensor noisy(Batch batch) {
    return table.addNoise(batch.latents(), batch.noise(), batch.timesteps());
  }

  /** What the denoiser should predict for the batch. */
  public Tensor target(Batch batch) {
    return prediction.target(table, batch.latents(), batch.noise(), batch.timesteps());
  }

  /** The loss of a prediction for the batch. */
  public Loss loss(Tensor predicted, Batch batch) {
    return loss(predicted, target(batch), batch.timesteps(), batch.instances());
  }

  /**
   * The loss of a prediction.
   *
   * @param predicted {@code [batch, channels, height, width]}
   * @param target of the same shape
   * @param instances how many samples, from the first, show the subject
   */
  public Loss loss(Tensor predicted, Tensor target, long[] timesteps, int instances) {
    int samples = timesteps.length;
    var errors = predicted.sub(target).square().mean(1, 2, 3).reshape(samples);
    var weights = new float[samples];
    for (int i = 0; i < samples; i++) {
      weights[i] = (float) weight((int) timesteps[i]);
    }
    var weighted = errors.mul(predicted.torch().tensor(weights, samples));
    var instance = weighted.narrow(0, 0, instances).mean();
    if (instances == samples) {
      return new Loss(instance, instance, predicted.torch().scalar(0));
    }
    var prior = weighted.narrow(0, instances, samples - instances).mean();
    return new Loss(instance.combine(1, prior, priorWeight), instance, prior);
  }

  /** The weight of a sample at a training timestep. */
  public double weight(int timestep) {
    if (minSnrGamma.isEmpty()) {
      return 1;
    }
    double snr = table.snr(timestep);
    if (snr == 0 && prediction == PredictionType.EPSILON) {
      return 1; // the limit; a table with zero terminal signal has one such step
    }
    double clamped = Math.min(snr, minSnrGamma.getAsDouble());
    return switch (prediction) {
      case EPSILON -> clamped / snr;
      case V_PREDICTION -> clamped / (snr + 1);
      case SAMPLE -> clamped;
      case FLOW -> 1;
    };
  }
}
