package dev.atelier.operator.job;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.AutoStopSpec;
import dev.atelier.api.CheckpointSpec;
import dev.atelier.api.GateRule;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.LoraSpec;
import dev.atelier.api.Metric;
import dev.atelier.api.ModelSource;
import dev.atelier.api.PerceptionSpec;
import dev.atelier.api.Prompt;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.api.SafetySpec;
import dev.atelier.api.SamplerSpec;
import dev.atelier.api.VideoClip;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.TrainingInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Translates what a runtime and a resource say into the stage contract, mounting on the way. */
public final class RuntimeInputs {

  private final String name;
  private final RuntimeSpec runtime;
  private final Mounts mounts;

  /**
   * @param name of the DiffusionRuntime
   */
  public RuntimeInputs(String name, RuntimeSpec runtime, Mounts mounts) {
    this.name = name;
    this.runtime = runtime;
    this.mounts = mounts;
  }

  /** The base model. */
  public ModelInput model() {
    var model = runtime.model();
    return new ModelInput(
        model.family().name(),
        mounts.model("model", model.source(), "/models"),
        textOrNull(model.sha256()),
        textOrNull(model.license()),
        name);
  }

  /**
   * A published model to put on the base.
   *
   * @param manifest by which it is found; it lies in the runtime's storage
   * @param storage of the runtime, mounted
   * @return nothing where the manifest lies elsewhere
   */
  public SampleInput.@Nullable TunedModel tuned(ArtifactStatus manifest, StoreLocation storage) {
    return StoreRoot.of(runtime.storage())
        .path(manifest.uri())
        .map(
            path ->
                new SampleInput.TunedModel(
                    storage, path, Objects.requireNonNull(manifest.sha256())))
        .orElse(null);
  }

  /** The rules of a gate with their numbers. */
  public List<GateInput> gate(List<GateRule> rules) {
    return GateBounds.of(rules, runtime.perception());
  }

  /** What judges photos, pictures and prompts. */
  public PerceptionInput perception() {
    var spec = runtime.perception();
    var detector = spec.faceDetector();
    var embedding = spec.faceEmbedding();
    var nudity = spec.nudity();
    return new PerceptionInput(
        new PerceptionInput.FaceDetector(
            detector.model(),
            judge("face-detector", detector.source()),
            detector.thresholds().stream().map(Double::valueOf).toList()),
        new PerceptionInput.FaceEmbedding(
            embedding.model(),
            judge("face-embedding", embedding.source()),
            samePersonMaxDistance(embedding)),
        new PerceptionInput.Nudity(
            nudity.model(),
            judge("nudity", nudity.source()),
            Double.parseDouble(nudity.block()),
            Double.parseDouble(nudity.review())),
        judge("clip", source(spec.clip())),
        judge("dino", source(spec.dino())),
        judge("inception", source(spec.inception())),
        judge("video", source(spec.video())),
        promptRules());
  }

  /** A runtime that lacks the line is not Ready, so that no pod is started with it. */
  private double samePersonMaxDistance(PerceptionSpec.FaceEmbedding embedding) {
    return embedding
        .samePersonLine()
        .map(Double::parseDouble)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "DiffusionRuntime '%s' names the face embedding '%s' without samePersonMaxDistance"
                        .formatted(name, embedding.model())));
  }

  /** Nothing where the platform adds nothing: stage files stay as they were without the field. */
  private @Nullable PromptRulesInput promptRules() {
    var rules = runtime.safety().prompts();
    return rules.equals(SafetySpec.PromptRules.NONE)
        ? null
        : new PromptRulesInput(
            name,
            rules.blockedTerms(),
            rules.allowedPhrases(),
            PromptRulesInput.OnFinding.valueOf(rules.onFinding().name()));
  }

  /**
   * What clips are.
   *
   * @param clip length, pace and beginning, or nothing for the defaults
   * @param enlargement by the runtime's network
   */
  public ClipInput clip(@Nullable VideoClip clip, int enlargement) {
    var asked = Objects.requireNonNullElse(clip, VideoClip.DEFAULT);
    var frames = asked.firstFrames();
    return new ClipInput(
        asked.frames(),
        asked.framesPerSecond(),
        frames == null ? null : mounts.objects("first-frames", frames.source(), "/first-frames"),
        enlargement,
        upscaler(enlargement));
  }

  /** The network that enlarges, where it has to. */
  public @Nullable StoreLocation upscaler(int enlargement) {
    return enlargement == 1 ? null : judge("upscaler", source(runtime.upscaler()));
  }

  /** What pictures begin with. */
  public SampleInput.@Nullable ImageToImage imageToImage(
      GenerationJobSpec.@Nullable ImageToImage spec) {
    return spec == null
        ? null
        : new SampleInput.ImageToImage(
            mounts.objects("image-to-image", spec.source(), "/image-to-image"),
            Double.parseDouble(spec.strength()));
  }

  /** How to denoise. */
  public static SamplerInput sampler(SamplerSpec sampler) {
    var open = new ArrayList<String>();
    if (sampler.scheduler() == null) {
      open.add("scheduler");
    }
    if (sampler.steps() == null) {
      open.add("steps");
    }
    if (sampler.guidanceScale() == null) {
      open.add("guidanceScale");
    }
    return new SamplerInput(
        sampler.schedulerOrDefault().name(),
        sampler.stepsOrDefault(),
        Double.parseDouble(sampler.guidanceScaleOrDefault()),
        Double.parseDouble(sampler.guidanceRescale()),
        sampler.clipSkip(),
        sampler.width(),
        sampler.height(),
        sampler.seed(),
        open,
        distilled(sampler.distilled()));
  }

  private static SamplerInput.@Nullable Distilled distilled(
      SamplerSpec.@Nullable Distilled distilled) {
    return distilled == null
        ? null
        : new SamplerInput.Distilled(distilled.timesteps(), distilled.renoise());
  }

  /** What to draw: a pack, or a list where there is no pack. */
  public static PromptInput prompts(String pack, List<Prompt> prompts) {
    return new PromptInput(
        textOrNull(pack),
        prompts.stream()
            .map(one -> new PromptInput.Prompt(one.name(), one.text(), one.negative()))
            .toList(),
        null);
  }

  /** Names of what is to be reported. */
  public static List<String> metrics(List<Metric> metrics) {
    return metrics.stream().map(Enum::name).toList();
  }

  /** A decimal, or nothing. */
  public static @Nullable Double number(@Nullable String decimal) {
    return decimal == null ? null : Double.valueOf(decimal);
  }

  /** The shape of adapters; absent for other methods. */
  public static TrainingInput.@Nullable Lora lora(@Nullable LoraSpec lora) {
    return lora == null
        ? null
        : new TrainingInput.Lora(
            lora.rank(),
            lora.alpha(),
            lora.targets().stream().map(Enum::name).toList(),
            lora.exportFormats().stream().map(Enum::name).toList());
  }

  /** How often training state is saved. */
  public static TrainingInput.Checkpoint checkpoint(CheckpointSpec checkpoint) {
    return new TrainingInput.Checkpoint(checkpoint.everySteps(), checkpoint.keepLast());
  }

  /** When training ends early. */
  public static TrainingInput.AutoStop autoStop(AutoStopSpec autoStop) {
    return new TrainingInput.AutoStop(
        autoStop.enabled(), autoStop.everySteps(), autoStop.patience());
  }

  /** A knob that 0 turns off. */
  public static @Nullable Double positiveOrNull(String decimal) {
    double value = Double.parseDouble(decimal);
    return value > 0 ? value : null;
  }

  private @Nullable StoreLocation judge(String use, @Nullable ModelSource source) {
    return source == null ? null : mounts.model(use, source, "/perception/" + use);
  }

  private static @Nullable ModelSource source(PerceptionSpec.@Nullable Clip model) {
    return model == null ? null : model.source();
  }

  private static @Nullable ModelSource source(PerceptionSpec.@Nullable LargeModel model) {
    return model == null ? null : model.source();
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
