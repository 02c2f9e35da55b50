package dev.atelier.runtime.stage;

import dev.atelier.runtime.MemoryShortage;
import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.tensor.Torch;
import dev.atelier.stage.TerminationMessage;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunes the base model on the crops that intake published in this run, and publishes the result.
 */
public final class TrainStage implements StageWork {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  private final StageContext context;
  private final TrainInput input;

  TrainStage(StageContext context, TrainInput input) {
    this.context = context;
    this.input = input;
  }

  @Override
  public TerminationMessage run() throws IOException {
    var training = input.training();
    requireBuilt(training);
    var intake = context.folder().required("intake");
    var photos = TrainingPhoto.read(context.store(), intake.manifest(), training.resolution());
    var base = BaseModel.open(input.model(), context.stores());
    try (Torch torch = Torch.start();
        var tuning = new Tuning(context, torch, base, input, photos)) {
      double loss = tuning.train();
      return new TrainPublication(context, input, base, intake).publish(tuning.method(), loss);
    } catch (RuntimeException | Error e) {
      if (MemoryShortage.caused(e)) {
        throw shortage(training, e);
      }
      throw e;
    }
  }

  private static void requireBuilt(TrainingInput training) {
    if (training.gradientCheckpointing()) {
      throw new StageFailure.BadInput(
          "training.gradientCheckpointing is not part of this release; remove it, and lower training.batchSize where memory is short");
    }
    if (training.autoStop().enabled()) {
      LOG.warn(
          "Train: training.autoStop is not part of this release; all {} steps are taken",
          training.maxSteps());
    }
  }

  private static StageFailure shortage(TrainingInput training, Throwable cause) {
    return new StageFailure.OutOfMemory(
        "memory ran out at a peak of %s with training.batchSize %d and training.resolution %d: lower the batch (and raise gradientAccumulation as much), lower the resolution, or give the pod more memory"
            .formatted(MemoryShortage.peak(), training.batchSize(), training.resolution()),
        cause);
  }
}
