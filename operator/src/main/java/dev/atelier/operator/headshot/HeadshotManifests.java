package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.RetentionSpec;
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
import dev.atelier.operator.run.RunStages;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainInput;

/** The children of a HeadshotModel's stages. */
final class HeadshotManifests {

  private final HeadshotModel model;
  private final HeadshotSpec spec;
  private final RuntimeSpec runtime;
  private final Mounts mounts;
  private final RuntimeInputs inputs;

  private HeadshotManifests(HeadshotModel model, RuntimeSpec runtime) {
    this.model = model;
    this.spec = model.getSpec().withDefaults();
    this.runtime = runtime;
    this.mounts = new Mounts(runtime.storage());
    this.inputs = new RuntimeInputs(spec.runtimeRef().name(), runtime, mounts);
  }

  /**
   * The children of the stage that the run is at.
   *
   * @param gpuSecondsUsed by the run so far
   * @param image of the pod
   */
  static StageChildren of(
      HeadshotModel model, RuntimeSpec runtime, RunStatus run, long gpuSecondsUsed, String image) {
    return new HeadshotManifests(model, runtime).children(run, gpuSecondsUsed, image);
  }

  private StageChildren children(RunStatus run, long gpuSecondsUsed, String image) {
    var stage = RunStages.of(run).orElse(Stage.INTAKE);
    var storage = mounts.storage();
    return StageManifests.of(
        new StageRequest(
            StageKey.of(Owner.of(model), stage, run),
            image,
            runtime,
            spec.limits(),
            input(stage, run),
            storage,
            mounts,
            1,
            StageGpus.deadline(stage, runtime, spec.limits(), gpuSecondsUsed),
            true));
  }

  private StageInput input(Stage stage, RunStatus run) {
    return switch (stage) {
      case INTAKE -> intake();
      case TRAIN ->
          new TrainInput(
              inputs.model(),
              subject(),
              TrainingInputs.of(spec.training(), run.adjustments()),
              spec.training().autoStop().enabled() ? rounds() : null);
      case EVALUATE -> evaluate(run);
      default -> throw new IllegalArgumentException(stage.title() + " is not a stage of a run");
    };
  }

  private IntakeInput intake() {
    var photos = spec.photos();
    var quality = photos.quality();
    return new IntakeInput(
        mounts.objects("photos", photos.source(), "/photos"),
        photos.min(),
        photos.max(),
        new IntakeInput.Quality(
            quality.minFacePixels(),
            Double.parseDouble(quality.minSharpness()),
            quality.maxYawDegrees()),
        spec.training().resolution(),
        subject(),
        inputs.perception());
  }

  private RoundsInput rounds() {
    var evaluation = spec.evaluation();
    return new RoundsInput(
        RuntimeInputs.prompts(evaluation.promptPack(), evaluation.prompts()),
        RuntimeInputs.sampler(evaluation.sampler()),
        inputs.perception());
  }

  private EvaluateInput evaluate(RunStatus run) {
    var evaluation = spec.evaluation();
    return new EvaluateInput(
        inputs.model(),
        subject(),
        TrainingInputs.of(spec.training(), run.adjustments()),
        RuntimeInputs.prompts(evaluation.promptPack(), evaluation.prompts()),
        evaluation.imagesPerPrompt(),
        RuntimeInputs.sampler(evaluation.sampler()),
        RuntimeInputs.gate(evaluation.gate()),
        inputs.perception(),
        spec.retention().photos() == RetentionSpec.Photos.DeleteAfterTraining);
  }

  private Subject subject() {
    return new Subject(spec.subject().className(), spec.subject().token());
  }
}
