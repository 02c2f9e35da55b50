package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draw the evaluation prompts as clips with the tuned model, or with the base model where nothing
 * was tuned; measure, decide the gate, write the report, publish. Without prompts nothing is drawn.
 *
 * @param training absent where the base model is used as it is
 * @param metrics to report beside the usual ones; not written where there are none, as older
 *     runtime images do not know the field
 */
public record EvaluateVideoInput(
    ModelInput model,
    @Nullable VideoTrainingInput training,
    PromptInput prompts,
    SamplerInput sampler,
    ClipInput clip,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> metrics,
    List<GateInput> gate,
    PerceptionInput perception)
    implements StageInput {

  public EvaluateVideoInput {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    gate = List.copyOf(gate);
  }

  @Override
  public Stage stage() {
    return Stage.EVALUATE;
  }
}
