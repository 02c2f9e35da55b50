package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.tensor.Tensor;
import java.util.stream.LongStream;

/**
 * Classifier-free guidance (Ho and Salimans 2022).
 *
 * @param scale how far to go from the prediction without the prompt towards and past the one with
 *     it; up to 1 is off
 * @param rescale share of the rescaling that keeps the prediction's deviation (Lin et al. 2024,
 *     section 3.4)
 */
public record Guidance(double scale, double rescale) {

  /** Guidance without rescaling. */
  public static Guidance of(double scale) {
    return new Guidance(scale, 0);
  }

  /** Whether the prediction without the prompt is needed. */
  public boolean active() {
    return scale > 1;
  }

  /** The guided prediction, {@code [batch, channels, .., height, width]} as both parts. */
  public Tensor combine(Tensor unconditional, Tensor conditional) {
    Tensor guided = unconditional.combine(1 - scale, conditional, scale);
    if (rescale == 0) {
      return guided;
    }
    long[] all = LongStream.range(1, guided.shape().length).toArray();
    Tensor kept = conditional.std(all).div(guided.std(all));
    return guided.mul(kept).combine(rescale, guided, 1 - rescale);
  }
}
