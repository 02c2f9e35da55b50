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
import org.jspecify.annotations.Nullable;

/** Clips, and pictures for joint training, with what is asked of them. */
@ApiValue
public record VideoDatasetSpec(
    @JsonPropertyDescription("The clips.") @Required MediaSource videos,
    @JsonPropertyDescription("Pictures for joint image and video training.")
        @Nullable MediaSource images,
    @JsonPropertyDescription("What the clips are cut and scaled to.") @Default("{}") Clip clip,
    @JsonPropertyDescription("What a usable clip has.") @Default("{}") Filter filter,
    @JsonPropertyDescription("Where the captions come from.") @Default("{}") Captions captions,
    @JsonPropertyDescription("Pods that share the preparation; one indexed Job.")
        @Default("1")
        @Min(1)
        @Max(1000)
        Integer shards) {

  public VideoDatasetSpec {
    clip = requireNonNullElse(clip, Clip.DEFAULT);
    filter = requireNonNullElse(filter, Filter.DEFAULT);
    captions = requireNonNullElse(captions, Captions.DEFAULT);
    shards = requireNonNullElse(shards, 1);
  }

  /** Files of one kind. */
  @ApiValue
  public record MediaSource(
      @JsonPropertyDescription("Where the files lie.") @Required ObjectSource source) {}

  /** What the clips are cut and scaled to. */
  @ApiValue
  @ValidationRule(
      value = "!has(self.width) || self.width % 8 == 0",
      fieldPath = ".width",
      message = "width must be a multiple of 8, such as 1280")
  @ValidationRule(
      value = "!has(self.height) || self.height % 8 == 0",
      fieldPath = ".height",
      message = "height must be a multiple of 8, such as 720")
  public record Clip(
      @JsonPropertyDescription("Length in seconds.") @Default("5") @Min(1) @Max(60) Integer seconds,
      @JsonPropertyDescription("Frames per second.") @Default("24") @Min(1) @Max(120)
          Integer framesPerSecond,
      @JsonPropertyDescription("Width in pixels, a multiple of 8.")
          @Default("1280")
          @Min(16)
          @Max(4096)
          Integer width,
      @JsonPropertyDescription("Height in pixels, a multiple of 8.")
          @Default("720")
          @Min(16)
          @Max(4096)
          Integer height) {

    static final Clip DEFAULT = new Clip(5, 24, 1280, 720);

    public Clip {
      seconds = requireNonNullElse(seconds, 5);
      framesPerSecond = requireNonNullElse(framesPerSecond, 24);
      width = requireNonNullElse(width, 1280);
      height = requireNonNullElse(height, 720);
    }
  }

  /** What a usable clip has. */
  @ApiValue
  public record Filter(
      @JsonPropertyDescription("Smallest mean variance of the Laplacian over the frames.")
          @Default("60")
          @Size(max = 24)
          @Pattern(Patterns.DECIMAL)
          String minSharpness,
      @JsonPropertyDescription(
              "Smallest mean optical flow in pixels per frame; \"0\" keeps still clips.")
          @Default("0.5")
          @Size(max = 24)
          @Pattern(Patterns.DECIMAL)
          String minMotion,
      @JsonPropertyDescription("Drop clips that look like one that was kept.") @Default("true")
          Boolean dropDuplicates,
      @JsonPropertyDescription("Drop clips with text burnt in.") @Default("true") Boolean dropText,
      @JsonPropertyDescription("Drop clips that the safety model refuses.") @Default("true")
          Boolean safety) {

    static final Filter DEFAULT = new Filter("60", "0.5", true, true, true);

    public Filter {
      minSharpness = requireNonNullElse(minSharpness, "60");
      minMotion = requireNonNullElse(minMotion, "0.5");
      dropDuplicates = requireNonNullElse(dropDuplicates, true);
      dropText = requireNonNullElse(dropText, true);
      safety = requireNonNullElse(safety, true);
    }
  }

  /** Where the captions come from. */
  @ApiValue
  @ValidationRule(
      value = "(has(self.from) && self.from == 'Endpoint') == has(self.endpoint)",
      fieldPath = ".endpoint",
      message = "endpoint belongs to from: Endpoint; set both or neither")
  public record Captions(
      @JsonPropertyDescription(
              "Sidecar: a .txt file beside each clip. FileName: the words of the file name. Endpoint: a vision model writes them.")
          @Default("Sidecar")
          From from,
      @JsonPropertyDescription("The vision model that writes captions; only with from: Endpoint.")
          @Nullable Endpoint endpoint) {

    static final Captions DEFAULT = new Captions(From.Sidecar, null);

    public Captions {
      from = requireNonNullElse(from, From.Sidecar);
    }

    /** Sources of captions. */
    public enum From {
      Sidecar,
      Endpoint,
      FileName
    }

    /** An OpenAI-compatible vision endpoint. */
    @ApiValue
    public record Endpoint(
        @JsonPropertyDescription("Base URL, such as http://captioner:8000/v1.")
            @Required
            @Size(max = 253)
            @Pattern(Patterns.HTTP_URL)
            String url,
        @JsonPropertyDescription("Name of the model.") @Required @Size(min = 1, max = 128)
            String model,
        @JsonPropertyDescription("Secret with the key API_KEY. Absent: none is sent.")
            @Nullable SecretRef apiKeySecretRef) {}
  }
}
