package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Length and pace of a clip, and what it begins with. */
@ApiValue
@ValidationRule(
    value = "!has(self.frames) || self.frames % 4 == 1",
    fieldPath = ".frames",
    message =
        "frames must be 4n + 1, such as 121, because the video autoencoder compresses 4 frames into one")
public record VideoClip(
    @JsonPropertyDescription(
            "Frames of a clip. Video models compress 4 frames into one: 4n + 1, such as 121.")
        @Default("121")
        @Min(1)
        @Max(2000)
        Integer frames,
    @JsonPropertyDescription("Frames shown per second.") @Default("24") @Min(1) @Max(120)
        Integer framesPerSecond,
    @JsonPropertyDescription(
            "Pictures that clips begin with, for models that take a first frame (Wan 2.2 TI2V). Absent: clips begin from noise.")
        @Nullable FirstFrames firstFrames) {

  /** The clip of a resource that names none: five seconds. */
  public static final VideoClip DEFAULT = new VideoClip(121, 24, null);

  public VideoClip {
    frames = requireNonNullElse(frames, 121);
    framesPerSecond = requireNonNullElse(framesPerSecond, 24);
  }

  /** Pictures that clips begin with. */
  @ApiValue
  public record FirstFrames(
      @JsonPropertyDescription(
              "Where the pictures lie (JPEG, PNG, WebP): one named like each prompt, such as ball.png, or a single one for all prompts.")
          @Required
          ObjectSource source) {}
}
