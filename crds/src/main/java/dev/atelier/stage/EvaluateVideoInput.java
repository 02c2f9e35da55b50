package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draw the evaluation prompts as clips with the tuned model, or with the base model where nothing
 * was tuned; measure, decide the gate, write the report, publish. Without prompts nothing is drawn.
 *
 * @param training absent where the base model is used as it is
 */
public record EvaluateVideoInput(
    ModelInput model,
    @Nullable VideoTrainingInput training,
    PromptInput prompts,
    SamplerInput sampler,
    ClipInput clip,
    List<GateInput> gate,
    PerceptionInput perception)
    implements StageInput {

  public EvaluateVideoInput {
    gate = List.copyOf(gate);
  }

  @Override
  public Stage stage() {
    return Stage.EVALUATE;
  }
}
