package dev.atelier.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draw pictures with a base model or a tuned one.
 *
 * @param tuned the published model to put on the base, or absent for the base itself
 * @param imageToImage what pictures begin with, or absent
 * @param enlargement how many times wider and higher than the sampler's size they are delivered;
 *     absent for as drawn
 * @param upscaler a folder with the network that enlarges, or absent
 * @param shards how many pods share the work; pod i (its JOB_COMPLETION_INDEX) draws every picture
 *     whose number modulo shards is i
 */
public record SampleInput(
    ModelInput model,
    @Nullable TunedModel tuned,
    Subject subject,
    PromptInput prompts,
    int samplesPerPrompt,
    SamplerInput sampler,
    @Nullable ImageToImage imageToImage,
    @Nullable Integer enlargement,
    @Nullable StoreLocation upscaler,
    int shards,
    List<String> metrics,
    List<GateInput> gate,
    PerceptionInput perception)
    implements StageInput {

  /**
   * A published model.
   *
   * @param manifest path of its manifest below the store's root
   * @param sha256 digest of that manifest
   */
  public record TunedModel(StoreLocation storage, String manifest, String sha256) {}

  /**
   * Pictures to begin with instead of noise.
   *
   * @param pictures a folder of them, named like the prompts, or of a single one
   * @param strength share of the steps that are run
   */
  public record ImageToImage(StoreLocation pictures, double strength) {}

  @Override
  public Stage stage() {
    return Stage.SAMPLE;
  }
}
