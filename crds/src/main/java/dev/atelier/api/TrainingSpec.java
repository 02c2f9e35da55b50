package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The knobs of tuning. In memory it is complete: what the resource leaves out is what {@link
 * TrainingMethod} says, or the default of the schema.
 */
@ApiValue
@ValidationRule(
    value = "!has(self.lora) || self.method == 'LoRA'",
    fieldPath = ".lora",
    message = "lora is only used with method LoRA; remove it or set method: LoRA")
@ValidationRule(
    value = "!has(self.textualInversion) || self.method == 'TextualInversion'",
    fieldPath = ".textualInversion",
    message =
        "textualInversion is only used with method TextualInversion; remove it or set method: TextualInversion")
@ValidationRule(
    value =
        "self.method != 'TextualInversion' || !has(self.textEncoder) || self.textEncoder == 'Frozen'",
    fieldPath = ".textEncoder",
    message =
        "method TextualInversion trains one embedding and keeps the text encoder; remove textEncoder or choose method: LoRA")
@ValidationRule(
    value = "!has(self.textEncoder) || self.textEncoder != 'Adapter' || self.method == 'LoRA'",
    fieldPath = ".textEncoder",
    message = "textEncoder: Adapter is only used with method LoRA; write Full or Frozen")
@ValidationRule(
    value = "!has(self.warmupSteps) || !has(self.maxSteps) || self.warmupSteps < self.maxSteps",
    fieldPath = ".warmupSteps",
    message = "warmupSteps must be below maxSteps")
@ValidationRule(
    value = "!has(self.resolution) || self.resolution % 8 == 0",
    fieldPath = ".resolution",
    message = "resolution must be a multiple of 8, such as 512")
public record TrainingSpec(
    @JsonPropertyDescription(
            "DreamBooth trains all weights of the UNet, LoRA small adapters beside them, TextualInversion only the embedding of a new token.")
        @Default("DreamBooth")
        TrainingMethod method,
    @JsonPropertyDescription("Optimizer steps at most; autoStop may end earlier.")
        @Default("800")
        @Min(1)
        @Max(1000000)
        Integer maxSteps,
    @JsonPropertyDescription(
            "Learning rate. Default per method: DreamBooth 2e-6, LoRA 1e-4, TextualInversion 5e-4.")
        @Size(max = 24)
        @Pattern(Patterns.POSITIVE_DECIMAL)
        String learningRate,
    @JsonPropertyDescription("Learning rate of the text encoder. Default: learningRate.")
        @Size(max = 24)
        @Pattern(Patterns.POSITIVE_DECIMAL)
        String textEncoderLearningRate,
    @JsonPropertyDescription("How the learning rate changes after warm-up.") @Default("Constant")
        LearningRateSchedule learningRateSchedule,
    @JsonPropertyDescription("Steps in which the learning rate rises linearly from 0.")
        @Default("0")
        @Min(0)
        @Max(100000)
        Integer warmupSteps,
    @JsonPropertyDescription("Pictures per step and GPU.") @Default("1") @Min(1) @Max(256)
        Integer batchSize,
    @JsonPropertyDescription("Steps whose gradients are added up before the weights change.")
        @Default("1")
        @Min(1)
        @Max(256)
        Integer gradientAccumulation,
    @JsonPropertyDescription("Edge of the square training pictures in pixels, a multiple of 8.")
        @Default("512")
        @Min(16)
        @Max(2048)
        Integer resolution,
    @JsonPropertyDescription(
            "Whether photos keep about their own shape: each is cropped to the nearest of several shapes with at most as many pixels as the square, and a batch holds one shape. false: every crop is the square.")
        @Default("false")
        Boolean aspectBuckets,
    @JsonPropertyDescription(
            "Seed of noise, data order and augmentation; the same seed gives the same model.")
        @Default("42")
        @Min(0)
        Long seed,
    @JsonPropertyDescription(
            "Clamp of the min-SNR loss weight (Hang et al. 2023). \"0\" turns it off.")
        @Default("5")
        @Size(max = 24)
        @Pattern(Patterns.DECIMAL)
        String minSnrGamma,
    @JsonPropertyDescription("Share of captions replaced by the empty prompt, from \"0\" to \"1\".")
        @Default("0")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String captionDropout,
    @JsonPropertyDescription(
            "Whether each photo is also learned in its mirror image, which doubles few photos. Set false where left and right matter: a parting, a mole or a scar on one side, lettering on clothes.")
        @Default("true")
        Boolean flip,
    @JsonPropertyDescription(
            "Offset noise: strength of a shift of the noise that all pixels of a channel share, such as \"0.05\"; lets a model draw very dark and very bright pictures. \"0\" turns it off.")
        @Default("0")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String noiseOffset,
    @JsonPropertyDescription(
            "Decay of a moving average of the trained weights (EMA), such as \"0.999\"; the average is then judged and published. \"0\" turns it off.")
        @Default("0")
        @Size(max = 24)
        @Pattern(Patterns.UNIT_DECIMAL)
        String emaDecay,
    @JsonPropertyDescription(
            "Compute activations again in the backward pass: less memory, about a third slower.")
        @Default("false")
        Boolean gradientCheckpointing,
    @JsonPropertyDescription(
            "Pictures of the class that keep it what it was, so that not everyone becomes the subject.")
        @Default("{}")
        PriorPreservation priorPreservation,
    @JsonPropertyDescription(
            "What is trained of the text encoder. Default: Full for DreamBooth, Adapter for LoRA; not with TextualInversion.")
        TextEncoderTraining textEncoder,
    @JsonPropertyDescription("Shape of the adapters; only with method LoRA.")
        @Nullable LoraSpec lora,
    @JsonPropertyDescription("Shape of the new token; only with method TextualInversion.")
        @Nullable TextualInversionSpec textualInversion,
    @JsonPropertyDescription("When training state is saved.") @Default("{}")
        CheckpointSpec checkpoint,
    @JsonPropertyDescription("When training ends before maxSteps.") @Default("{}")
        AutoStopSpec autoStop) {

  /** The training of a resource that says nothing about it. */
  public static final TrainingSpec DEFAULT =
      new TrainingSpec(
          TrainingMethod.DreamBooth,
          800,
          TrainingMethod.DreamBooth.learningRate(),
          TrainingMethod.DreamBooth.learningRate(),
          LearningRateSchedule.Constant,
          0,
          1,
          1,
          512,
          false,
          42L,
          "5",
          "0",
          true,
          "0",
          "0",
          false,
          PriorPreservation.DEFAULT,
          TrainingMethod.DreamBooth.textEncoder(),
          null,
          null,
          CheckpointSpec.DEFAULT,
          AutoStopSpec.DEFAULT);

  public TrainingSpec {
    method = requireNonNullElse(method, TrainingMethod.DreamBooth);
    maxSteps = requireNonNullElse(maxSteps, 800);
    learningRate = requireNonNullElse(learningRate, method.learningRate());
    textEncoderLearningRate = requireNonNullElse(textEncoderLearningRate, learningRate);
    learningRateSchedule = requireNonNullElse(learningRateSchedule, LearningRateSchedule.Constant);
    warmupSteps = requireNonNullElse(warmupSteps, 0);
    batchSize = requireNonNullElse(batchSize, 1);
    gradientAccumulation = requireNonNullElse(gradientAccumulation, 1);
    resolution = requireNonNullElse(resolution, 512);
    aspectBuckets = requireNonNullElse(aspectBuckets, false);
    seed = requireNonNullElse(seed, 42L);
    minSnrGamma = requireNonNullElse(minSnrGamma, "5");
    captionDropout = requireNonNullElse(captionDropout, "0");
    flip = requireNonNullElse(flip, true);
    noiseOffset = requireNonNullElse(noiseOffset, "0");
    emaDecay = requireNonNullElse(emaDecay, "0");
    gradientCheckpointing = requireNonNullElse(gradientCheckpointing, false);
    priorPreservation = requireNonNullElse(priorPreservation, PriorPreservation.DEFAULT);
    textEncoder = requireNonNullElse(textEncoder, method.textEncoder());
    lora = lora == null && method == TrainingMethod.LoRA ? LoraSpec.DEFAULT : lora;
    textualInversion =
        textualInversion == null && method == TrainingMethod.TextualInversion
            ? TextualInversionSpec.DEFAULT
            : textualInversion;
    checkpoint = requireNonNullElse(checkpoint, CheckpointSpec.DEFAULT);
    autoStop = requireNonNullElse(autoStop, AutoStopSpec.DEFAULT);
  }

  /** With the texts filled in that follow from the class noun. */
  TrainingSpec forClass(String className) {
    return new TrainingSpec(
        method,
        maxSteps,
        learningRate,
        textEncoderLearningRate,
        learningRateSchedule,
        warmupSteps,
        batchSize,
        gradientAccumulation,
        resolution,
        aspectBuckets,
        seed,
        minSnrGamma,
        captionDropout,
        flip,
        noiseOffset,
        emaDecay,
        gradientCheckpointing,
        priorPreservation.forClass(className),
        textEncoder,
        lora,
        textualInversion == null ? null : textualInversion.forClass(className),
        checkpoint,
        autoStop);
  }
}
