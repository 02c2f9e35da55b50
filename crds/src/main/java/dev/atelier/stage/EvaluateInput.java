package dev.atelier.stage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Draw the evaluation prompts with the tuned model, measure, decide the gate, write gallery and
 * report, publish.
 *
 * @param metrics to report beside the usual ones; not written where there are none, as older
 *     runtime images do not know the field
 */
public record EvaluateInput(
    ModelInput model,
    Subject subject,
    TrainingInput training,
    PromptInput prompts,
    int imagesPerPrompt,
    SamplerInput sampler,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> metrics,
    List<GateInput> gate,
    PerceptionInput perception,
    boolean deletePhotos)
    implements StageInput {

  public EvaluateInput {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
  }

  @Override
  public Stage stage() {
    return Stage.EVALUATE;
  }
}
