package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StoreLocation;
import dev.atelier.stage.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The children of a GenerationJob. */
final class GenerationManifests {

  /** Whom a base model draws: it knows no person. */
  private static final Subject ANYONE = new Subject("person", "");

  private GenerationManifests() {}

  /**
   * The children of the job's one stage.
   *
   * @param model the HeadshotModel that draws, or empty for the base model
   * @param image of the pod
   */
  static StageChildren of(
      GenerationJob job,
      Optional<HeadshotModel> model,
      RuntimeSpec runtime,
      RunStatus run,
      String image) {
    var spec = job.getSpec();
    var mounts = new Mounts(runtime.storage());
    var storage = mounts.storage();
    var runtimeName = GenerationModel.runtime(spec.modelRef(), model).orElseThrow();
    var inputs = new RuntimeInputs(runtimeName, runtime, mounts);
    var input =
        new SampleInput(
            inputs.model(),
            model.map(found -> tuned(found, runtime, storage)).orElse(null),
            model.map(GenerationManifests::subject).orElse(ANYONE),
            prompts(spec, mounts),
            spec.samplesPerPrompt(),
            RuntimeInputs.sampler(spec.sampler()),
            spec.parallelism(),
            spec.evaluation().metrics().stream().map(Enum::name).toList(),
            RuntimeInputs.gate(spec.evaluation().gate()),
            inputs.perception());
    return StageManifests.of(
        new StageRequest(
            StageKey.of(Owner.of(job), Stage.SAMPLE, run),
            image,
            runtime,
            spec.limits(),
            input,
            storage,
            mounts,
            spec.parallelism(),
            1,
            StageGpus.of(Stage.SAMPLE, runtime),
            spec.limits().activeDeadlineSeconds(),
            true));
  }

  private static SampleInput.@Nullable TunedModel tuned(
      HeadshotModel model, RuntimeSpec runtime, StoreLocation storage) {
    return GenerationModel.manifest(model)
        .flatMap(
            manifest ->
                StoreRoot.of(runtime.storage())
                    .path(manifest.uri())
                    .map(
                        path ->
                            new SampleInput.TunedModel(
                                storage, path, Objects.requireNonNull(manifest.sha256()))))
        .orElse(null);
  }

  private static Subject subject(HeadshotModel model) {
    var subject = model.getSpec().subject();
    return new Subject(subject.className(), subject.token());
  }

  private static PromptInput prompts(GenerationJobSpec spec, Mounts mounts) {
    var from = spec.promptsFrom();
    if (from == null) {
      return RuntimeInputs.prompts(spec.promptPack(), spec.prompts());
    }
    mounts.configMap(from.configMap().name(), "/prompts");
    return new PromptInput(null, List.of(), "/prompts");
  }
}
