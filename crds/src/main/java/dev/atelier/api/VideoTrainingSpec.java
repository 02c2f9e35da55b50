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

/** The knobs of tuning a video model; what has a name of TrainingSpec means the same. */
@ApiValue
@ValidationRule(
    value = "!has(self.lora) || self.method == 'LoRA'",
    fieldPath = ".lora",
    message = "lora is only used with method LoRA; remove it or set method: LoRA")
@ValidationRule(
    value = "self.stages.all(one, self.stages.exists_one(other, other.name == one.name))",
    fieldPath = ".stages",
    message = "stage names must be unique; rename one of them")
@ValidationRule(
    value = "self.batchSize * self.gradientAccumulation % self.nodes == 0",
    fieldPath = ".nodes",
    message =
        "nodes must divide batchSize x gradientAccumulation, so that each takes as many samples of a step; raise gradientAccumulation or lower nodes")
@ValidationRule(
    value =
        "!has(self.lora) || !has(self.lora.exportFormats) || self.lora.exportFormats.all(one, one == 'Diffusers')",
    fieldPath = ".lora.exportFormats",
    message = "adapters of a video model are published as Diffusers; remove the other formats")
public record VideoTrainingSpec(
    @JsonPropertyDescription("LoRA trains adapters, Full all weights.") @Default("LoRA")
        Method method,
    @JsonPropertyDescription(
            "Stages in their order, from small and short clips to large and long ones.")
        @Required
        @Size(min = 1, max = 10)
        List<TrainingStage> stages,
    @JsonPropertyDescription("Learning rate. Default per method: LoRA 1e-4, Full 1e-5.")
        @Size(max = 24)
        @Pattern(Patterns.POSITIVE_DECIMAL)
        String learningRate,
    @JsonPropertyDescription("How the learning rate changes after warm-up.") @Default("Constant")
        LearningRateSchedule learningRateSchedule,
    @JsonPropertyDescription("Steps in which the learning rate rises linearly from 0.")
        @Default("0")
        @Min(0)
        @Max(100000)
        Integer warmupSteps,
    @JsonPropertyDescription("Clips of a forward pass.") @Default("1") @Min(1) @Max(256)
        Integer batchSize,
    @JsonPropertyDescription(
            "Forward passes whose gradients are added up before the weights change.")
        @Default("1")
        @Min(1)
        @Max(256)
        Integer gradientAccumulation,
    @JsonPropertyDescription("Seed of noise, data order and augmentation.") @Default("42") @Min(0)
        Long seed,
    @JsonPropertyDescription("Share of captions replaced by the empty prompt, from \"0\" to \"1\".")
        @Default("0.1")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String captionDropout,
    @JsonPropertyDescription(
            "How often each share of noise is trained: LogitNormal the middle more often than the ends (Esser et al. 2024), Uniform all alike; both are then shifted.")
        @Default("LogitNormal")
        Timesteps timesteps,
    @JsonPropertyDescription(
            "How far timesteps are shifted towards noise, such as \"3\" or \"5\"; longer and larger clips need more. Default: as the base model is sampled.")
        @Size(max = 24)
        @Pattern(Patterns.POSITIVE_DECIMAL)
        @Nullable String timestepShift,
    @JsonPropertyDescription(
            "Decay of a moving average of the trained weights (EMA), such as \"0.999\"; the average is then judged and published. \"0\" turns it off.")
        @Default("0")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String emaDecay,
    @JsonPropertyDescription(
            "Compute activations again in the backward pass: less memory, about a third slower.")
        @Default("true")
        Boolean gradientCheckpointing,
    @JsonPropertyDescription("Shape of the adapters; only with method LoRA.")
        @Nullable LoraSpec lora,
    @JsonPropertyDescription("When training state is saved.") @Default("{}")
        CheckpointSpec checkpoint,
    @JsonPropertyDescription(
            "When the last stage ends before its last step: the loss of clips that training does not see is measured, and training ends when it no longer falls.")
        @Default("{}")
        AutoStopSpec autoStop,
    @JsonPropertyDescription(
            "Nodes that share the samples of every step, batchSize x gradientAccumulation of them, and learn what one would. More than 1 makes a JobSet.")
        @Default("1")
        @Min(1)
        @Max(256)
        Integer nodes) {

  public VideoTrainingSpec {
    method = requireNonNullElse(method, Method.LoRA);
    stages = List.copyOf(requireNonNullElse(stages, List.of()));
    learningRate = requireNonNullElse(learningRate, method.learningRate());
    learningRateSchedule = requireNonNullElse(learningRateSchedule, LearningRateSchedule.Constant);
    warmupSteps = requireNonNullElse(warmupSteps, 0);
    batchSize = requireNonNullElse(batchSize, 1);
    gradientAccumulation = requireNonNullElse(gradientAccumulation, 1);
    seed = requireNonNullElse(seed, 42L);
    captionDropout = requireNonNullElse(captionDropout, "0.1");
    timesteps = requireNonNullElse(timesteps, Timesteps.LogitNormal);
    emaDecay = requireNonNullElse(emaDecay, "0");
    gradientCheckpointing = requireNonNullElse(gradientCheckpointing, true);
    lora = lora == null && method == Method.LoRA ? LoraSpec.DEFAULT : lora;
    checkpoint = requireNonNullElse(checkpoint, CheckpointSpec.DEFAULT);
    autoStop = requireNonNullElse(autoStop, AutoStopSpec.DEFAULT);
    nodes = requireNonNullElse(nodes, 1);
  }

  /** How a video model is tuned. */
  public enum Method {
    /** Low-rank adapters. */
    LoRA("1e-4"),
    /** All weights of the transformer. */
    Full("1e-5");

    private final String learningRate;

    Method(String learningRate) {
      this.learningRate = learningRate;
    }

    /** The learning rate of a resource that names none. */
    public String learningRate() {
      return learningRate;
    }
  }

  /** How often each share of noise is trained. */
  public enum Timesteps {
    /** The logistic function of a normal number. */
    LogitNormal,
    /** Every share alike. */
    Uniform
  }

  /** One size and length of clips. */
  @ApiValue
  @ValidationRule(
      value = "self.width % 8 == 0",
      fieldPath = ".width",
      message = "width must be a multiple of 8, such as 320")
  @ValidationRule(
      value = "self.height % 8 == 0",
      fieldPath = ".height",
      message = "height must be a multiple of 8, such as 176")
  @ValidationRule(
      value = "self.frames % 4 == 1",
      fieldPath = ".frames",
      message =
          "frames must be 4n + 1, such as 17, because the video autoencoder compresses 4 frames into one")
  public record TrainingStage(
      @JsonPropertyDescription("Name in progress and logs; unique in its list.")
          @Required
          @Size(min = 1, max = 40)
          @Pattern(Patterns.DNS_LABEL)
          String name,
      @JsonPropertyDescription("Width in pixels, a multiple of 8.") @Required @Min(16) @Max(4096)
          Integer width,
      @JsonPropertyDescription("Height in pixels, a multiple of 8.") @Required @Min(16) @Max(4096)
          Integer height,
      @JsonPropertyDescription("Frames of a clip: 4n + 1. 1 trains on pictures.")
          @Required
          @Min(1)
          @Max(2000)
          Integer frames,
      @JsonPropertyDescription("Optimizer steps.") @Required @Min(1) @Max(10000000) Integer steps,
      @JsonPropertyDescription(
              "Share of steps that train on pictures instead of clips, from \"0\" to \"1\".")
          @Default("0")
          @Size(max = 24)
          @Pattern(Patterns.UNIT_DECIMAL)
          String imageFraction) {

    public TrainingStage {
      imageFraction = requireNonNullElse(imageFraction, "0");
    }
  }
}
