package dev.atelier.stage;

import java.util.List;

/**
 * Draw the evaluation prompts with the tuned model, measure, decide the gate, write gallery and
 * report, publish.
 */
public record EvaluateInput(
    ModelInput model,
    Subject subject,
    TrainingInput training,
    PromptInput prompts,
    int imagesPerPrompt,
    SamplerInput sampler,
    List<GateInput> gate,
    PerceptionInput perception,
    boolean deletePhotos)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.EVALUATE;
  }
}
