package dev.atelier.operator.video;

import dev.atelier.api.RunStatus;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.api.VideoDatasetSpec;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoTrainingSpec;
import dev.atelier.operator.job.Gentleness;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageManifests;
import dev.atelier.operator.job.StageRequest;
import dev.atelier.operator.run.RunStages;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.PrepareVideoInput;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import dev.atelier.stage.TrainVideoInput;
import dev.atelier.stage.TrainingInput;
import dev.atelier.stage.VideoTrainingInput;
import java.util.List;
import java.util.Objects;

/** The children of a VideoGenerator's stages. */
final class VideoManifests {

  private final VideoGenerator video;
  private final VideoGeneratorSpec spec;
  private final RuntimeSpec runtime;
  private final Mounts mounts;
  private final RuntimeInputs inputs;

  private VideoManifests(VideoGenerator video, RuntimeSpec runtime) {
    this.video = video;
    this.spec = video.getSpec();
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
      VideoGenerator video, RuntimeSpec runtime, RunStatus run, long gpuSecondsUsed, String image) {
    return new VideoManifests(video, runtime).children(run, gpuSecondsUsed, image);
  }

  private StageChildren children(RunStatus run, long gpuSecondsUsed, String image) {
    var stage = RunStages.of(run).orElse(Stage.PREPARE_VIDEO);
    var storage = mounts.storage();
    return StageManifests.of(
        new StageRequest(
            StageKey.of(Owner.of(video), stage, run),
            image,
            runtime,
            spec.limits(),
            input(stage, run),
            storage,
            mounts,
            stage == Stage.PREPARE_VIDEO ? dataset().shards() : 1,
            deadline(stage, gpuSecondsUsed),
            true));
  }

  private long deadline(Stage stage, long gpuSecondsUsed) {
    return stage == Stage.PREPARE_VIDEO && spec.training() == null
        ? spec.limits().activeDeadlineSeconds()
        : StageGpus.deadline(stage, runtime, spec.limits(), gpuSecondsUsed);
  }

  private StageInput input(Stage stage, RunStatus run) {
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
        inputs.perception());
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
        RuntimeInputs.gate(evaluation.gate()),
        inputs.perception());
  }

  private static VideoTrainingInput training(
      VideoTrainingSpec training, List<Adjustment> adjustments) {
    var gentle = Gentleness.of(adjustments);
    var checkpoint = training.checkpoint();
    return new VideoTrainingInput(
        training.method().name(),
        training.stages().stream().map(VideoManifests::phase).toList(),
        gentle.learningRate(training.learningRate()),
        training.learningRateSchedule().name(),
        training.warmupSteps(),
        gentle.batchSize(training.batchSize()),
        gentle.gradientAccumulation(training.gradientAccumulation()),
        training.seed(),
        Double.parseDouble(training.captionDropout()),
        training.gradientCheckpointing(),
        RuntimeInputs.lora(training.lora()),
        new TrainingInput.Checkpoint(checkpoint.everySteps(), checkpoint.keepLast()),
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
