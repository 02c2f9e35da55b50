package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draw clips with a base video model or a tuned one.
 *
 * @param tuned the published model to put on the base, or absent for the base itself
 * @param samplesPerPrompt clips of each prompt
 * @param shards how many pods share the work; pod i (its JOB_COMPLETION_INDEX) draws every clip
 *     whose number modulo shards is i
 */
public record SampleVideoInput(
    ModelInput model,
    SampleInput.@Nullable TunedModel tuned,
    PromptInput prompts,
    int samplesPerPrompt,
    SamplerInput sampler,
    ClipInput clip,
    int shards,
    List<String> metrics,
    List<GateInput> gate,
    PerceptionInput perception)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.SAMPLE;
  }
}
