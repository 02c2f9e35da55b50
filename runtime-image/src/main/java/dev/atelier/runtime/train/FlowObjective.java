package dev.atelier.runtime.train;

import dev.atelier.runtime.tensor.Tensor;
import java.util.Random;

/**
 * Flow matching (Lipman et al. 2023; Esser et al. 2024): latents are mixed with noise on a straight
 * line and the denoiser is asked for the way back along it.
 *
 * @param density how often each place on the line is asked for
 * @param shift moves places towards noise, of which larger clips need more (Esser et al. 2024,
 *     formula 23)
 * @param weighting what each place counts
 */
public record FlowObjective(Density density, double shift, Weighting weighting) {

  /** Timesteps of the denoiser per unit of noise. */
  private static final double TIMESTEPS = 1000;

  /** How places on the line are drawn, before the shift. */
  public sealed interface Density {
    /** A place in (0, 1). */
    double draw(Random random);

    /** The logistic function of a normal number: the middle more often than the ends. */
    record LogitNormal(double mean, double deviation) implements Density {
      @Override
      public double draw(Random random) {
        return of(random.nextGaussian());
      }

      /** The place of a standard normal number. */
      public double of(double normal) {
        return 1 / (1 + Math.exp(-(mean + deviation * normal)));
      }
    }

    /** Every place equally. */
    record Uniform() implements Density {
      @Override
      public double draw(Random random) {
        return random.nextDouble();
      }
    }
  }

  /** What the error at a place counts. */
  public enum Weighting {
    /** The same everywhere. */
    EQUAL,
    /** {@code 1 / sigma^2}. */
    INVERSE_SQUARE
  }

  /** A share of noise to train at. */
  public double draw(Random random) {
    return shifted(density.draw(random));
  }

  /** A place moved towards noise. */
  public double shifted(double place) {
    return shift * place / (1 + (shift - 1) * place);
  }

  /** The timestep that the denoiser is told for a share of noise. */
  public static double timestep(double sigma) {
    return sigma * TIMESTEPS;
  }

  /** Clips with so much of them noise. */
  public Tensor noisy(Clips clips) {
    Tensor share = clips.sigmas();
    return clips.latents().mul(share.mul(-1).add(1)).add(clips.noise().mul(share));
  }

  /** The mean squared error of each clip {@code [clips]}, not weighted. */
  public Tensor errors(Tensor predicted, Clips clips) {
    Tensor target = clips.noise().sub(clips.latents());
    return predicted.sub(target).square().mean(1, 2, 3, 4).reshape(clips.size());
  }

  /** What each clip counts, {@code [clips]}. */
  public Tensor weights(Clips clips) {
    Tensor sigmas = clips.sigmas().reshape(clips.size());
    Tensor ones = sigmas.torch().ones(clips.size());
    return weighting == Weighting.EQUAL ? ones : ones.div(sigmas.square());
  }
}
