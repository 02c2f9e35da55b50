package dev.atelier.runtime.stage;

import static java.util.stream.Collectors.joining;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.evaluate.CheckpointJudge;
import dev.atelier.runtime.evaluate.CheckpointScore;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.runtime.perception.Perception;
import dev.atelier.runtime.photo.CropShape;
import dev.atelier.runtime.pipeline.StableDiffusionPipeline;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.runtime.tensor.Scope;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.RoundsInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.Subject;
import dev.atelier.stage.TrainInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What judges the checkpoints of one tuning, opened before the first step: a wrong setting must not
 * come out after an hour.
 */
final class RoundJudging implements AutoCloseable {

  private final Perception perception;
  private final RoundPictures pictures;
  private final CheckpointJudge photos;
  private final PromptAlignment alignment;
  private final HeldOut split;

  private RoundJudging(
      Perception perception,
      RoundPictures pictures,
      CheckpointJudge photos,
      PromptAlignment alignment,
      HeldOut split) {
    this.perception = perception;
    this.pictures = pictures;
    this.photos = photos;
    this.alignment = alignment;
    this.split = split;
  }

  /**
   * Opens the models that judge.
   *
   * @param base reads with the base model, where no CLIP model is configured
   */
  static RoundJudging open(
      StageContext context,
      Torch torch,
      TrainInput train,
      RoundsInput input,
      HeldOut split,
      BaseAlignment.BaseReader base)
      throws IOException {
    var subject = train.subject();
    var judges = train.perception();
    var prompts = Prompts.of(input.prompts(), context.settings()::resolve);
    PromptReview.of(context, judges).admit(Prompts.filled(prompts, subject.phrase()));
    var sampler = sampler(input);
    var pictures = new RoundPictures(torch, sampler, prompts, subject.phrase(), context.stop());
    var perception = new PerceptionModels(context.stores()).open(judges);
    try {
      var photos = photos(perception, judges, split);
      var alignment =
          judges.clip() == null
              ? new BaseAlignment(base, subject, ofClass(pictures.planned(), subject))
              : ClipAlignment.open(context, torch, judges);
      return new RoundJudging(perception, pictures, photos, alignment, split);
    } catch (IOException | RuntimeException e) {
      perception.close();
      throw e;
    }
  }

  /** How the pictures of the rounds are drawn. */
  static SamplerInput sampler(RoundsInput input) {
    return Prompts.sampler(input.prompts(), input.sampler());
  }

  /** Draws with the networks as they are, and scores what they draw. */
  CheckpointScore score(int step, StableDiffusionPipeline pipeline) {
    try (Scope scope = Scope.open()) {
      var drawn = pictures.draw(pipeline);
      return new CheckpointScore(
          step,
          photos.identity(drawn.pictures()),
          alignment.of(drawn),
          photos.memorisation(drawn.pictures()));
    }
  }

  /** What the scores mean, for the report. */
  CurveFile.Protocol protocol() {
    return new CurveFile.Protocol(
        split.kept().size(),
        pictures.planned().size(),
        "mean likeness to the median face of %d %s photos (%s)"
            .formatted(
                photos.faces(),
                split.kept().isEmpty() ? "training" : "held-out",
                photos.protocol()),
        alignment.protocol(),
        "mean over the pictures of the highest SSIM to a training photo or its mirror image, at 64 x 64");
  }

  @Override
  public void close() {
    alignment.close();
    perception.close();
  }

  private static CheckpointJudge photos(
      Perception perception, PerceptionInput judges, HeldOut split) {
    var learned = new ArrayList<RgbImage>();
    for (var photo : split.learned()) {
      learned.add(photo.picture());
      learned.add(photo.mirrored());
    }
    var judge =
        new CheckpointJudge(
            perception,
            split.judging().stream().map(TrainingPhoto::picture).toList(),
            learned,
            judges.faceEmbedding().samePersonMaxDistance());
    if (judge.faces() == 0) {
      throw new StageFailure.BadInput(
          "training.autoStop cannot judge likeness: no face is found in the %d photos that it compares with, at %s pixels; lower the thresholds of spec.perception.faceDetector, train at a higher resolution, or set training.autoStop.enabled: false"
              .formatted(split.judging().size(), shapes(split.judging())));
    }
    return judge;
  }

  private static String shapes(List<TrainingPhoto> photos) {
    return photos.stream()
        .map(TrainingPhoto::shape)
        .distinct()
        .sorted()
        .map(CropShape::toString)
        .collect(joining(", "));
  }

  private static List<String> ofClass(List<PlannedPicture> planned, Subject subject) {
    return planned.stream()
        .map(picture -> picture.text().replace(subject.phrase(), subject.className()))
        .toList();
  }
}
