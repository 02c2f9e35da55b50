package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer requests over HTTP with a base video model or a tuned one, until told to stop. The prefix
 * of its stage file is no run's: requests and their clips outlive the model that drew them.
 *
 * @param tuned the published model to put on the base, or absent for the base itself
 * @param apis what to offer: {@code Videos}, {@code Images}
 * @param credentials directory in the container with the key {@code API_KEY}, which requests then
 *     have to send as a bearer token; or absent
 * @param sampler what requests leave open
 * @param clip what requests leave open
 * @param keepSeconds how long a finished request and its files stay
 */
public record ServeInput(
    ModelInput model,
    SampleInput.@Nullable TunedModel tuned,
    List<String> apis,
    @Nullable String credentials,
    SamplerInput sampler,
    ClipInput clip,
    long keepSeconds,
    PerceptionInput perception)
    implements StageInput {

  @Override
  public Stage stage() {
    return Stage.SERVE;
  }
}
