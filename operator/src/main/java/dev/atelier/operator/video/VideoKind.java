package dev.atelier.operator.video;

import dev.atelier.api.RunStatus;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorSpec;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.job.Mounts;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.operator.job.VideoSampler;
import dev.atelier.operator.run.Staged;
import dev.atelier.operator.run.StagedKind;
import dev.atelier.operator.run.StagedSpec;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.stage.Stage;
import dev.atelier.stage.StageInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A VideoGenerator as a run: preparation of clips, training, evaluation, as far as it has them. */
public final class VideoKind implements StagedKind<VideoGenerator, VideoGeneratorStatus> {

  @Override
  public Class<VideoGenerator> type() {
    return VideoGenerator.class;
  }

  @Override
  public String name() {
    return "VideoGenerator";
  }

  @Override
  public Optional<String> runtime(VideoGenerator video) {
    return Optional.ofNullable(video.getSpec().runtimeRef()).map(reference -> reference.name());
  }

  @Override
  public Optional<String> home(VideoGenerator video) {
    return Optional.ofNullable(video.getStatus())
        .map(VideoGeneratorStatus::run)
        .map(RunStatus::runtime);
  }

  @Override
  public Staged of(VideoGenerator video) {
    return Staged.of(video, spec(video.getSpec()), status(video.getStatus()))
        .refused(unsupported(video.getSpec()));
  }

  @Override
  public VideoGeneratorStatus status(VideoGenerator video, StagedStatus next) {
    return new VideoGeneratorStatus(
        next.observedGeneration(),
        next.conditions(),
        next.run(),
        next.dataset(),
        next.progress(),
        next.lastCheckpoint(),
        next.evaluation(),
        next.artifacts(),
        next.serving(),
        next.usage());
  }

  @Override
  public StageInput input(
      VideoGenerator video, Stage stage, RunStatus run, RuntimeInputs inputs, Mounts mounts) {
    return new VideoStageInputs(video.getSpec(), inputs, mounts).of(stage, run);
  }

  @Override
  public int shards(VideoGenerator video, Stage stage) {
    var dataset = video.getSpec().dataset();
    return stage == Stage.PREPARE_VIDEO && dataset != null ? dataset.shards() : 1;
  }

  /** Better no run than one that leaves out what was asked for. */
  private static Optional<String> unsupported(VideoGeneratorSpec spec) {
    return VideoSampler.refused(
        spec.evaluation().sampler(), "remove spec.evaluation.sampler.clipSkip");
  }

  private static StagedSpec spec(VideoGeneratorSpec spec) {
    var stages = stages(spec);
    return new StagedSpec(
        spec.runtimeRef().name(),
        spec.limits(),
        spec.suspend(),
        spec.runNonce(),
        stages,
        // Latents want a GPU; judging and cutting does not.
        spec.training() == null ? Set.of(Stage.PREPARE_VIDEO) : Set.of(),
        spec.training() == null ? 1 : spec.training().nodes(),
        spec.training() == null ? 1 : spec.training().batchSize(),
        spec.evaluation().gate(),
        Optional.empty(),
        false,
        stages.contains(Stage.EVALUATE)
            ? "the video model can be used"
            : "the clips are prepared; add spec.training to tune the model on them");
  }

  /** Clips alone can be prepared; whatever is to be used as a model is tried first. */
  private static List<Stage> stages(VideoGeneratorSpec spec) {
    var stages = new ArrayList<Stage>();
    if (spec.dataset() != null) {
      stages.add(Stage.PREPARE_VIDEO);
    }
    if (spec.training() != null) {
      stages.add(Stage.TRAIN);
    }
    boolean model = spec.training() != null || !spec.evaluation().prompts().isEmpty();
    if (model || stages.isEmpty()) {
      stages.add(Stage.EVALUATE);
    }
    return stages;
  }

  private static @Nullable StagedStatus status(@Nullable VideoGeneratorStatus status) {
    return status == null
        ? null
        : new StagedStatus(
            status.observedGeneration(),
            status.conditions(),
            status.run(),
            status.dataset(),
            status.progress(),
            status.lastCheckpoint(),
            status.evaluation(),
            status.artifacts(),
            status.serving(),
            status.usage());
  }
}
