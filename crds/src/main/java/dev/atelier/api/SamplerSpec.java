package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How to denoise. */
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
    @JsonPropertyDescription("Noise scheduler, named as in diffusers.")
        @Default("DPMSolverMultistep")
        Scheduler scheduler,
    @JsonPropertyDescription("Denoising steps.") @Default("30") @Min(1) @Max(1000) Integer steps,
    @JsonPropertyDescription("Classifier-free guidance scale; \"1\" turns it off.")
        @Default("7.5")
        @Size(max = 24)
        @Pattern(Patterns.DECIMAL)
        String guidanceScale,
    @JsonPropertyDescription("Width in pixels, a multiple of 8.")
        @Default("512")
        @Min(16)
        @Max(4096)
        Integer width,
    @JsonPropertyDescription("Height in pixels, a multiple of 8.")
        @Default("512")
        @Min(16)
        @Max(4096)
        Integer height,
    @JsonPropertyDescription("Seed of the first picture of a prompt; picture n uses seed + n.")
        @Default("7")
        @Min(0)
        Long seed) {

  /** The sampler of a resource that names none. */
  public static final SamplerSpec DEFAULT =
      new SamplerSpec(Scheduler.DPMSolverMultistep, 30, "7.5", 512, 512, 7L);

  public SamplerSpec {
    scheduler = requireNonNullElse(scheduler, Scheduler.DPMSolverMultistep);
    steps = requireNonNullElse(steps, 30);
    guidanceScale = requireNonNullElse(guidanceScale, "7.5");
    width = requireNonNullElse(width, 512);
    height = requireNonNullElse(height, 512);
    seed = requireNonNullElse(seed, 7L);
  }
}
