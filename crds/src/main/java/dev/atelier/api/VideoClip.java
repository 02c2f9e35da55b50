package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Length and pace of a clip. */
@ApiValue
public record VideoClip(
    @JsonPropertyDescription(
            "Frames of a clip. Video models compress 4 frames into one: 4n + 1, such as 121.")
        @Default("121")
        @Min(1)
        @Max(2000)
        Integer frames,
    @JsonPropertyDescription("Frames shown per second.") @Default("24") @Min(1) @Max(120)
        Integer framesPerSecond) {

  public VideoClip {
    frames = requireNonNullElse(frames, 121);
    framesPerSecond = requireNonNullElse(framesPerSecond, 24);
  }
}
