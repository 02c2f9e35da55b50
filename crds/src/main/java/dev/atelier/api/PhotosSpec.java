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

/** The photos of the person and what a usable one has. */
@ApiValue
@ValidationRule(
    value = "self.min <= self.max",
    fieldPath = ".min",
    message = "min must be at most max")
public record PhotosSpec(
    @JsonPropertyDescription("Where the photos lie.") @Required ObjectSource source,
    @JsonPropertyDescription("Fewest usable photos; with fewer the run ends before training.")
        @Default("10")
        @Min(1)
        @Max(200)
        Integer min,
    @JsonPropertyDescription("Most photos used; of more, the best are taken.")
        @Default("20")
        @Min(1)
        @Max(200)
        Integer max,
    @JsonPropertyDescription("What a usable photo has.") @Default("{}") Quality quality) {

  public PhotosSpec {
    min = requireNonNullElse(min, 10);
    max = requireNonNullElse(max, 20);
    quality = requireNonNullElse(quality, Quality.DEFAULT);
  }

  /** What a usable photo has at least. */
  @ApiValue
  public record Quality(
      @JsonPropertyDescription("Width of the face in pixels.") @Default("128") @Min(16) @Max(4096)
          Integer minFacePixels,
      @JsonPropertyDescription(
              "Variance of the Laplacian on the face scaled to 112 pixels; blurred faces are below 60.")
          @Default("60")
          @Size(max = 24)
          @Pattern(Patterns.DECIMAL)
          String minSharpness,
      @JsonPropertyDescription(
              "How far the head may be turned to a side, in degrees as the landmarks tell it: up to 20 from the front, up to 30 in most three-quarter views, above 35 nearly in profile, never above 55.")
          @Default("35")
          @Min(0)
          @Max(90)
          Integer maxYawDegrees) {

    /** The quality asked for by a resource that names none. */
    public static final Quality DEFAULT = new Quality(128, "60", 35);

    public Quality {
      minFacePixels = requireNonNullElse(minFacePixels, 128);
      minSharpness = requireNonNullElse(minSharpness, "60");
      maxYawDegrees = requireNonNullElse(maxYawDegrees, 35);
    }
  }
}
