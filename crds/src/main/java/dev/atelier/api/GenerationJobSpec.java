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

/** Pictures or clips to draw once. */
@ApiValue
@ValidationRule(
    value =
        "[has(self.prompts) && size(self.prompts) > 0, has(self.promptPack) && self.promptPack != '', has(self.promptsFrom)].filter(set, set).size() == 1",
    message = "set exactly one of prompts, promptPack or promptsFrom")
@ValidationRule(
    value =
        "!has(self.promptPack) || self.promptPack in ['', 'linkedin', 'studio', 'outdoor', 'creative']",
    fieldPath = ".promptPack",
    message =
        "promptPack must be linkedin, studio, outdoor or creative; or list your own under prompts")
@ValidationRule(
    value =
        "!has(self.prompts) || self.prompts.all(one, self.prompts.exists_one(other, other.name == one.name))",
    fieldPath = ".prompts",
    message = "prompt names must be unique; rename one of them")
@ValidationRule(
    value = "!has(self.video) || self.modelRef.kind != 'HeadshotModel'",
    fieldPath = ".video",
    message =
        "video is only used with video models; remove it or set modelRef.kind: VideoGenerator")
@ValidationRule(
    value = "!has(self.imageToImage) || self.modelRef.kind != 'VideoGenerator'",
    fieldPath = ".imageToImage",
    message =
        "imageToImage is only used with models of pictures; remove it, or begin clips with video.firstFrames")
@ValidationRule(
    value =
        "has(self.prompts) == has(oldSelf.prompts) && has(self.promptPack) == has(oldSelf.promptPack) && has(self.promptsFrom) == has(oldSelf.promptsFrom) && has(self.video) == has(oldSelf.video) && has(self.imageToImage) == has(oldSelf.imageToImage)",
    message =
        "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
public record GenerationJobSpec(
    @JsonPropertyDescription("The model that draws.")
        @Required
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        ModelRef modelRef,
    @JsonPropertyDescription("What to draw. Exactly one of prompts, promptPack and promptsFrom.")
        @Size(max = 200)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        List<Prompt> prompts,
    @JsonPropertyDescription("Built-in prompts: linkedin, studio, outdoor or creative.")
        @Size(max = 40)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        String promptPack,
    @JsonPropertyDescription("Prompts kept in a ConfigMap.")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        @Nullable PromptsSource promptsFrom,
    @JsonPropertyDescription("Pictures or clips drawn for each prompt.")
        @Default("4")
        @Min(1)
        @Max(1000)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        Integer samplesPerPrompt,
    @JsonPropertyDescription("How to denoise.")
        @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        SamplerSpec sampler,
    @JsonPropertyDescription(
            "Length and pace of clips; only with video models, whose default is 121 frames at 24 per second.")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        @Nullable VideoClip video,
    @JsonPropertyDescription(
            "Pictures to begin with instead of noise; only with models of pictures. Absent: pictures begin from noise.")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        @Nullable ImageToImage imageToImage,
    @JsonPropertyDescription("Enlargement of the finished pictures or clips.")
        @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        Upscale upscale,
    @JsonPropertyDescription(
            "Pods that share the work. More than 1 makes an indexed Job, one shard for each index.")
        @Default("1")
        @Min(1)
        @Max(1000)
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        Integer parallelism,
    @JsonPropertyDescription("What is measured on the pictures.")
        @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        Evaluation evaluation,
    @JsonPropertyDescription("What the job may use.")
        @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "a GenerationJob draws once: its spec cannot change but for suspend and ttlSecondsAfterFinished; create a new one")
        LimitsSpec limits,
    @JsonPropertyDescription(
            "Delete the resource with its pictures this many seconds after it finished. Absent: it stays.")
        @Min(0)
        @Max(315360000)
        @Nullable Integer ttlSecondsAfterFinished,
    @JsonPropertyDescription(
            "Stop and give the GPU back; false continues with the pictures that are missing.")
        @Default("false")
        Boolean suspend) {

  public GenerationJobSpec {
    prompts = List.copyOf(requireNonNullElse(prompts, List.of()));
    promptPack = requireNonNullElse(promptPack, "");
    samplesPerPrompt = requireNonNullElse(samplesPerPrompt, 4);
    sampler = requireNonNullElse(sampler, SamplerSpec.DEFAULT);
    upscale = requireNonNullElse(upscale, Upscale.NONE);
    parallelism = requireNonNullElse(parallelism, 1);
    evaluation = requireNonNullElse(evaluation, Evaluation.NONE);
    limits = requireNonNullElse(limits, LimitsSpec.DEFAULT);
    suspend = requireNonNullElse(suspend, false);
  }

  /** Pictures to begin with (SDEdit, Meng et al. 2022). */
  @ApiValue
  public record ImageToImage(
      @JsonPropertyDescription(
              "Where the pictures lie (JPEG, PNG, WebP): one named like each prompt, such as suit.png, or a single one for all prompts. Each is cut and resized to the sampler's width and height.")
          @Required
          ObjectSource source,
      @JsonPropertyDescription(
              "Share of the sampler's steps that are run: \"1\" leaves next to nothing of the picture, a tenth hardly changes it.")
          @Default("0.8")
          @Size(max = 24)
          @Pattern(Patterns.POSITIVE_UNIT_DECIMAL)
          String strength) {

    public ImageToImage {
      strength = requireNonNullElse(strength, "0.8");
    }
  }

  /** Enlargement of the finished pictures. */
  @ApiValue
  public record Upscale(
      @JsonPropertyDescription(
              "How many times wider and higher than the sampler's size, by the DiffusionRuntime's upscaler. 1: as drawn.")
          @Default("1")
          @Min(1)
          @Max(4)
          Integer factor) {

    static final Upscale NONE = new Upscale(1);

    public Upscale {
      factor = requireNonNullElse(factor, 1);
    }
  }

  /** What is measured on the pictures. */
  @ApiValue
  public record Evaluation(
      @JsonPropertyDescription("Metrics to report.") @Size(max = 20) List<Metric> metrics,
      @JsonPropertyDescription("Bounds that must be kept for the job to be Complete.")
          @Size(max = 20)
          List<GateRule> gate) {

    static final Evaluation NONE = new Evaluation(List.of(), List.of());

    public Evaluation {
      metrics = List.copyOf(requireNonNullElse(metrics, List.of()));
      gate = List.copyOf(requireNonNullElse(gate, List.of()));
    }
  }
}
