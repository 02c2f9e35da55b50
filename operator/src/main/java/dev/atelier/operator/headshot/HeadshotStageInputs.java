package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.RetentionSpec;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.EvaluateInput;
import dev.atelier.stage.IntakeInput;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainInput;

/** What the stages of a HeadshotModel are told to do. */
final class HeadshotStageInputs {

  private final HeadshotSpec spec;
  private final RuntimeInputs inputs;
  private final Mounts mounts;

  HeadshotStageInputs(HeadshotSpec spec, RuntimeInputs inputs, Mounts mounts) {
    this.spec = spec;
    this.inputs = inputs;
    this.mounts = mounts;
  }

  /** The input of the stage that a run is at. */
  StageInput of(Stage stage, RunStatus run) {
    return switch (stage) {
      case INTAKE -> intake();
      case TRAIN ->
          new TrainInput(
              inputs.model(),
              subject(),
              TrainingInputs.of(spec.training(), run.adjustments()),
              inputs.perception(),
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
        spec.training().aspectBuckets(),
        subject(),
        inputs.perception());
  }

  private RoundsInput rounds() {
    var evaluation = spec.evaluation();
    return new RoundsInput(
        RuntimeInputs.prompts(evaluation.promptPack(), evaluation.prompts()),
        RuntimeInputs.sampler(evaluation.sampler()));
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
        RuntimeInputs.metrics(evaluation.metrics()),
        inputs.gate(evaluation.gate()),
        inputs.perception(),
        spec.retention().photos() == RetentionSpec.Photos.DeleteAfterTraining);
  }

  private Subject subject() {
    return new Subject(spec.subject().className(), spec.subject().token());
  }
}
