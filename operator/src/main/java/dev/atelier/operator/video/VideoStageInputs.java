package dev.atelier.operator.video;

import dev.atelier.api.RunStatus;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.api.VideoDatasetSpec;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoTrainingSpec;
import dev.atelier.operator.job.Gentleness;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.TrainVideoInput;
import dev.atelier.stage.VideoTrainingInput;
import java.util.List;
import java.util.Objects;

/** What the stages of a VideoGenerator are told to do. */
final class VideoStageInputs {

  private final VideoGeneratorSpec spec;
  private final RuntimeInputs inputs;
  private final Mounts mounts;

  VideoStageInputs(VideoGeneratorSpec spec, RuntimeInputs inputs, Mounts mounts) {
    this.spec = spec;
    this.inputs = inputs;
    this.mounts = mounts;
  }

  /** The input of the stage that a run is at. */
  StageInput of(Stage stage, RunStatus run) {
    return switch (stage) {
      case PREPARE_VIDEO -> prepare();
      case TRAIN ->
          new TrainVideoInput(
              inputs.model(), training(Objects.requireNonNull(spec.training()), run.adjustments()));
      case EVALUATE -> evaluate(run);
      default -> throw new IllegalArgumentException(stage.title() + " is not a stage of a run");
    };
  }

  private VideoDatasetSpec dataset() {
    return Objects.requireNonNull(spec.dataset(), "PrepareVideo is a stage of a dataset");
  }

  private PrepareVideoInput prepare() {
    var dataset = dataset();
    var clip = dataset.clip();
    var filter = dataset.filter();
    var images = dataset.images();
    return new PrepareVideoInput(
        inputs.model(),
        mounts.objects("videos", dataset.videos().source(), "/videos"),
        images == null ? null : mounts.objects("images", images.source(), "/images"),
        new PrepareVideoInput.Clip(
            // 4k + 1 frames, with the last moment in them: 121 for five seconds at 24 per second.
            clip.seconds() * clip.framesPerSecond() / 4 * 4 + 1,
            clip.framesPerSecond(),
            clip.width(),
            clip.height()),
        new PrepareVideoInput.Filter(
            Double.parseDouble(filter.minSharpness()),
            Double.parseDouble(filter.minMotion()),
            filter.dropDuplicates(),
            filter.dropText(),
            filter.safety()),
        captions(dataset.captions()),
        latents(),
        dataset.shards(),
        inputs.perception().withoutPromptRules());
  }

  private PrepareVideoInput.Captions captions(VideoDatasetSpec.Captions captions) {
    var endpoint = captions.endpoint();
    if (endpoint != null) {
      mounts.server(endpoint.url());
    }
    return new PrepareVideoInput.Captions(
        captions.from().name(),
        endpoint == null
            ? null
            : new PrepareVideoInput.Endpoint(
                endpoint.url(),
                endpoint.model(),
                mounts.secret("captions", endpoint.apiKeySecretRef())));
  }

  /** One for each training stage; without training the clips are stored as they are. */
  private List<PrepareVideoInput.LatentShape> latents() {
    var training = spec.training();
    return training == null
        ? List.of()
        : training.stages().stream()
            .map(
                stage ->
                    new PrepareVideoInput.LatentShape(
                        stage.name(), stage.width(), stage.height(), stage.frames()))
            .toList();
  }

  private EvaluateVideoInput evaluate(RunStatus run) {
    var evaluation = spec.evaluation();
    var training = spec.training();
    return new EvaluateVideoInput(
        inputs.model(),
        training == null ? null : training(training, run.adjustments()),
        RuntimeInputs.prompts("", evaluation.prompts()),
        RuntimeInputs.sampler(evaluation.sampler()),
        inputs.clip(spec.clipOrDefault(), 1),
        RuntimeInputs.metrics(evaluation.metrics()),
        inputs.gate(evaluation.gate()),
        inputs.perception());
  }

  private static VideoTrainingInput training(
      VideoTrainingSpec training, List<Adjustment> adjustments) {
    var gentle = Gentleness.of(adjustments);
    var shift = training.timestepShift();
    return new VideoTrainingInput(
        training.method().name(),
        training.stages().stream().map(VideoStageInputs::phase).toList(),
        gentle.learningRate(training.learningRate()),
        training.learningRateSchedule().name(),
        training.warmupSteps(),
        gentle.batchSize(training.batchSize()),
        gentle.gradientAccumulation(training.gradientAccumulation()),
        training.seed(),
        Double.parseDouble(training.captionDropout()),
        training.timesteps().name(),
        shift == null ? null : Double.valueOf(shift),
        RuntimeInputs.positiveOrNull(training.emaDecay()),
        training.gradientCheckpointing(),
        RuntimeInputs.lora(training.lora()),
        RuntimeInputs.checkpoint(training.checkpoint()),
        RuntimeInputs.autoStop(training.autoStop()),
        training.nodes());
  }

  private static VideoTrainingInput.Phase phase(VideoTrainingSpec.TrainingStage stage) {
    return new VideoTrainingInput.Phase(
        stage.name(),
        stage.width(),
        stage.height(),
        stage.frames(),
        stage.steps(),
        Double.parseDouble(stage.imageFraction()));
  }
}
