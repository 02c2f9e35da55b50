package dev.atelier.stage;

/**
 * Tune the base model on the crops that intake published in this run.
 *
 * @param training every knob, resolved; after an out-of-memory or diverged attempt the operator has
 *     already halved the batch or the learning rate in it
 */
public record TrainInput(ModelInput model, Subject subject, TrainingInput training)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.TRAIN;
  }
}
