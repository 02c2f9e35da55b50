package dev.atelier.stage;

import org.jspecify.annotations.Nullable;

/**
 * Tune the base model on the crops that intake published in this run.
 *
 * @param training every knob, resolved; after an out-of-memory or diverged attempt the operator has
 *     already halved the batch or the learning rate in it
 * @param perception the models that judge class pictures and checkpoints
 * @param rounds how checkpoints are drawn to be judged; present exactly where {@code
 *     training.autoStop} is enabled
 */
public record TrainInput(
    ModelInput model,
    Subject subject,
    TrainingInput training,
    PerceptionInput perception,
    @Nullable RoundsInput rounds)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.TRAIN;
  }
}
