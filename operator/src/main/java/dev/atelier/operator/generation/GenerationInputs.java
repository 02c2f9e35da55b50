package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.Subject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the one stage of a GenerationJob is told to do. */
final class GenerationInputs {

  /** Whom a base model draws: it knows no person. */
  private static final Subject ANYONE = new Subject("person", "");

  private final GenerationJobSpec spec;
  private final Optional<DrawingModel> model;
  private final RuntimeSpec runtime;
  private final StoreLocation storage;
  private final RuntimeInputs inputs;
  private final Mounts mounts;

  /**
   * @param model what draws, or empty for the base model
   * @param storage of the runtime, mounted
   */
  GenerationInputs(
      GenerationJobSpec spec,
      Optional<DrawingModel> model,
      RuntimeSpec runtime,
      StoreLocation storage,
      RuntimeInputs inputs,
      Mounts mounts) {
    this.spec = spec;
    this.model = model;
    this.runtime = runtime;
    this.storage = storage;
    this.inputs = inputs;
    this.mounts = mounts;
  }

  /** The input of the stage. */
  StageInput sample() {
    return GenerationModel.clips(spec, runtime) ? clips() : pictures();
  }

  private SampleInput pictures() {
    return new SampleInput(
        inputs.model(),
        tuned(),
        model.flatMap(DrawingModel::subject).orElse(ANYONE),
        prompts(),
        spec.samplesPerPrompt(),
        RuntimeInputs.sampler(spec.sampler()),
        inputs.imageToImage(spec.imageToImage()),
        enlargement(spec.upscale().factor()),
        inputs.upscaler(spec.upscale().factor()),
        spec.parallelism(),
        RuntimeInputs.metrics(spec.evaluation().metrics()),
        inputs.gate(spec.evaluation().gate()),
        inputs.perception());
  }

  private static @Nullable Integer enlargement(int factor) {
    return factor == 1 ? null : factor;
  }

  private SampleVideoInput clips() {
    return new SampleVideoInput(
        inputs.model(),
        tuned(),
        prompts(),
        spec.samplesPerPrompt(),
        RuntimeInputs.sampler(spec.sampler()),
        inputs.clip(spec.video(), spec.upscale().factor()),
        spec.parallelism(),
        RuntimeInputs.metrics(spec.evaluation().metrics()),
        inputs.gate(spec.evaluation().gate()),
        inputs.perception());
  }

  private SampleInput.@Nullable TunedModel tuned() {
    return model
        .filter(DrawingModel::tuned)
        .flatMap(DrawingModel::manifest)
        .map(manifest -> inputs.tuned(manifest, storage))
        .orElse(null);
  }

  private PromptInput prompts() {
    var from = spec.promptsFrom();
    if (from == null) {
      return RuntimeInputs.prompts(spec.promptPack(), spec.prompts());
    }
    mounts.configMap(from.configMap().name(), "/prompts");
    return new PromptInput(null, List.of(), "/prompts");
  }
}
