package dev.atelier.stage;

/**
 * Tune the base video model on the latents that PrepareVideo published in this run.
 *
 * @param training every knob, resolved; after an out-of-memory or diverged attempt the operator has
 *     already halved the batch or the learning rate in it
 */
public record TrainVideoInput(ModelInput model, VideoTrainingInput training) implements StageInput {

  @Override
  public Stage stage() {
    return Stage.TRAIN;
  }
}
