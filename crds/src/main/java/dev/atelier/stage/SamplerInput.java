package dev.atelier.stage;

import java.util.List;

/**
 * How to denoise.
 *
 * @param scheduler diffusers' class name without {@code Scheduler}: {@code DPMSolverMultistep}
 * @param steps denoising steps
 * @param guidanceScale classifier-free guidance; 1 turns it off
 * @param width in pixels
 * @param height in pixels
 * @param seed of the first picture; picture n of a prompt uses seed + n
 * @param open names of the first three fields that the resource leaves to a prompt pack; what is
 *     written in them counts where there is no pack
 */
public record SamplerInput(
    String scheduler,
    int steps,
    double guidanceScale,
    int width,
    int height,
    long seed,
    List<String> open) {

  /** Settings that no prompt pack changes. */
  public SamplerInput(
      String scheduler, int steps, double guidanceScale, int width, int height, long seed) {
    this(scheduler, steps, guidanceScale, width, height, seed, List.of());
  }

  @SuppressWarnings("NullAway") // absent in stage files of an older operator
  public SamplerInput {
    open = open == null ? List.of() : List.copyOf(open);
  }
}
