package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to denoise. In memory it is complete but for scheduler, steps, guidance scale and distilled:
 * what the resource leaves out of these stays absent, since a prompt pack may have settings of its
 * own.
 */
@ApiValue
@ValidationRule(
    value = "!has(self.width) || self.width % 8 == 0",
    fieldPath = ".width",
    message = "width must be a multiple of 8, such as 512")
@ValidationRule(
    value = "!has(self.height) || self.height % 8 == 0",
    fieldPath = ".height",
    message = "height must be a multiple of 8, such as 512")
public record SamplerSpec(
    @JsonPropertyDescription(
            "Noise scheduler, named as in diffusers. Default: the prompt pack's, else DPMSolverMultistep; for clips the model's own. Clips are drawn with FlowMatchEulerDiscrete or UniPCMultistep.")
        @Nullable Scheduler scheduler,
    @JsonPropertyDescription("Denoising steps. Default: the prompt pack's, else 30; for clips 50.")
        @Min(1)
        @Max(1000)
        @Nullable Integer steps,
    @JsonPropertyDescription(
            "Classifier-free guidance scale; \"1\" turns it off. Default: the prompt pack's, else 7.5; for clips 5.")
        @Size(max = 24)
        @Pattern(Patterns.DECIMAL)
        @Nullable String guidanceScale,
    @JsonPropertyDescription(
            "Share, from \"0\" to \"1\", of the rescaling that keeps the contrast of the prediction with the prompt (Lin et al. 2024, section 3.4): strong guidance burns pictures, of zero-terminal-SNR models above all, where \"0.7\" is usual. \"0\" turns it off.")
        @Default("0")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String guidanceRescale,
    @JsonPropertyDescription(
            "How many of the CLIP text encoder's last layers are left out for prompts, counted as diffusers' clip_skip does: 1 is what web UIs call clip skip 2. Not for clips.")
        @Default("0")
        @Min(0)
        @Max(11)
        Integer clipSkip,
    @JsonPropertyDescription("Width in pixels, a multiple of 8.")
        @Default("512")
        @Min(16)
        @Max(4096)
        Integer width,
    @JsonPropertyDescription(
            "Height in pixels, a multiple of 8. A picture of more pixels than 1024 x 1024 is decoded in overlapping tiles of the size that the model was trained with, which bounds the memory.")
        @Default("512")
        @Min(16)
        @Max(4096)
        Integer height,
    @JsonPropertyDescription("Seed of the first picture of a prompt; picture n uses seed + n.")
        @Default("7")
        @Min(0)
        Long seed,
    @JsonPropertyDescription(
            "For clips of a distilled few-step model: what it was trained for takes the place of scheduler and steps, and guidanceScale is 1 unless it is set.")
        @Nullable Distilled distilled) {

  /** The sampler of a resource that names none. */
  public static final SamplerSpec DEFAULT =
      new SamplerSpec(null, null, null, "0", 0, 512, 512, 7L, null);

  private static final Scheduler SCHEDULER = Scheduler.DPMSolverMultistep;
  private static final int STEPS = 30;
  private static final String GUIDANCE_SCALE = "7.5";

  public SamplerSpec {
    guidanceRescale = requireNonNullElse(guidanceRescale, "0");
    clipSkip = requireNonNullElse(clipSkip, 0);
    width = requireNonNullElse(width, 512);
    height = requireNonNullElse(height, 512);
    seed = requireNonNullElse(seed, 7L);
  }

  /** The scheduler where neither the resource nor a prompt pack names one. */
  public Scheduler schedulerOrDefault() {
    return requireNonNullElse(scheduler, SCHEDULER);
  }

  /** The steps where neither the resource nor a prompt pack names them. */
  public int stepsOrDefault() {
    return requireNonNullElse(steps, STEPS);
  }

  /** The guidance scale where neither the resource nor a prompt pack names one. */
  public String guidanceScaleOrDefault() {
    return requireNonNullElse(guidanceScale, GUIDANCE_SCALE);
  }

  /** How a distilled model is sampled. */
  @ApiValue
  public record Distilled(
      @JsonPropertyDescription(
              "The timesteps that the model was trained for, noisiest first: [1000, 757, 522].")
          @Required
          @Size(min = 1, max = 64)
          List<@Min(1) @Max(1000) Integer> timesteps,
      @JsonPropertyDescription(
              "Whether each step draws the noise afresh, as distribution matching distillation does, or goes on along the flow.")
          @Default("true")
          Boolean renoise) {

    public Distilled {
      timesteps = List.copyOf(requireNonNullElse(timesteps, List.of()));
      renoise = requireNonNullElse(renoise, true);
    }
  }
}
