package dev.atelier.runtime.stage;

import dev.atelier.runtime.MemoryShortage;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.photo.AspectBuckets;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import java.util.List;

/**
 * Tunes the base model on the crops that intake published in this run, and publishes the result.
 */
public final class TrainStage implements StageWork {

  private final StageContext context;
  private final TrainInput input;
  private final ExportedWeights exports;
  private final ClassPictureJudge.Opening judges;

  TrainStage(StageContext context, TrainInput input) {
    this(context, input, ExportedWeights.WRITTEN, ClassPictureRules::new);
  }

  TrainStage(
      StageContext context,
      TrainInput input,
      ExportedWeights exports,
      ClassPictureJudge.Opening judges) {
    this.exports = exports;
    this.judges = judges;
    this.context = context;
    this.input = input;
  }

  @Override
  public TerminationMessage run() throws IOException {
    var training = input.training();
    TrainingRules.check(training);
    requireRounds(training);
    var compute = Compute.of(context.file().device());
    var intake = context.folder().required("intake");
    var shapes = AspectBuckets.of(training.resolution(), training.aspectBuckets());
    var photos = split(TrainingPhoto.read(context.store(), intake.manifest(), shapes));
    var base = BaseModel.open(input.model(), context.stores());
    try (Torch torch = compute.start();
        var tuning = new Tuning(context, torch, compute.precision(), base, input, photos, judges)) {
      var result = tuning.train();
      int learned = photos.learned().size();
      return new TrainPublication(context, input, base, intake, learned, exports)
          .publish(torch, tuning.method(), result);
    } catch (RuntimeException | Error e) {
      if (MemoryShortage.caused(e)) {
        throw shortage(training, e);
      }
      throw e;
    }
  }

  /** The weights of checkpoints that were not chosen are of no more use. */
  @Override
  public TerminationMessage conclude(TerminationMessage published) {
    context.store().delete(context.folder().prefix() + Tuning.ROUNDS);
    return published;
  }

  private HeldOut split(List<TrainingPhoto> photos) {
    return input.rounds() == null ? HeldOut.none(photos) : HeldOut.of(photos);
  }

  private void requireRounds(TrainingInput training) {
    if (training.autoStop().enabled() && input.rounds() == null) {
      throw new StageFailure.BadInput(
          "training.autoStop is enabled, but the stage file does not say how checkpoints are judged: the operator is older than this image; update it, or set training.autoStop.enabled: false");
    }
  }

  private static StageFailure shortage(TrainingInput training, Throwable cause) {
    return new StageFailure.OutOfMemory(
        "memory ran out at a peak of %s with training.batchSize %d and training.resolution %d: lower the batch (and raise gradientAccumulation as much), lower the resolution, or give the pod more memory"
            .formatted(MemoryShortage.peak(), training.batchSize(), training.resolution()),
        cause);
  }
}
