package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to denoise.
 *
 * @param scheduler diffusers' class name without {@code Scheduler}: {@code DPMSolverMultistep}
 * @param steps denoising steps
 * @param guidanceScale classifier-free guidance; 1 turns it off
 * @param guidanceRescale share of the rescaling that keeps the prediction's deviation; 0 for none
 * @param clipSkip how many of the text encoder's last layers are left out for prompts
 * @param width in pixels
 * @param height in pixels
 * @param seed of the first picture; picture n of a prompt uses seed + n
 * @param open names of the first three fields that the resource leaves to a prompt pack; what is
 *     written in them counts where there is no pack
 * @param distilled what takes the place of scheduler and steps, for clips; absent for most models
 */
public record SamplerInput(
    String scheduler,
    int steps,
    double guidanceScale,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) double guidanceRescale,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int clipSkip,
    int width,
    int height,
    long seed,
    List<String> open,
    @Nullable Distilled distilled) {

  /** Settings that no prompt pack changes. */
  public SamplerInput(
      String scheduler, int steps, double guidanceScale, int width, int height, long seed) {
    this(scheduler, steps, guidanceScale, 0, 0, width, height, seed, List.of(), null);
  }

  /**
   * How a distilled few-step model is sampled.
   *
   * @param timesteps that it was trained for, noisiest first, in thousandths of the noise
   * @param renoise whether each step draws the noise afresh
   */
  public record Distilled(List<Integer> timesteps, boolean renoise) {

    public Distilled {
      timesteps = List.copyOf(timesteps);
    }

    /** For people, where a scheduler's name would stand. */
    public String described() {
      return "timesteps %s %s".formatted(timesteps, renoise ? "with fresh noise" : "of the flow");
    }
  }

  /** The same with these settings, of which none is open any more. */
  public SamplerInput with(String scheduler, int steps, double guidanceScale) {
    return new SamplerInput(
        scheduler,
        steps,
        guidanceScale,
        guidanceRescale,
        clipSkip,
        width,
        height,
        seed,
        List.of(),
        distilled);
  }

  /** How far pictures follow their prompts, for people. */
  public String guidance() {
    return "guidance scale %s%s%s"
        .formatted(
            guidanceScale,
            guidanceRescale == 0 ? "" : " rescaled by " + guidanceRescale,
            clipSkip == 0 ? "" : ", clip skip " + clipSkip);
  }

  /** What decides the steps, for people. */
  public String sampling() {
    return distilled == null ? scheduler : distilled.described();
  }

  @SuppressWarnings("NullAway") // absent in stage files of an older operator
  public SamplerInput {
    open = open == null ? List.of() : List.copyOf(open);
  }
}
