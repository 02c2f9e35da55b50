package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.pipeline.TextToImage;
import dev.atelier.runtime.sample.PlannedPicture;
import dev.atelier.stage.SamplerInput;
import java.util.List;

/** Planned pictures as a pipeline is asked for them. */
final class Requests {

  private Requests() {}

  /** The pictures as one batch. */
  static TextToImage of(List<PlannedPicture> planned, SamplerInput sampler) {
    return of(
        planned.stream().map(PlannedPicture::text).toList(),
        planned.stream().map(PlannedPicture::negative).toList(),
        sampler);
  }

  private static TextToImage of(
      List<String> prompts, List<String> negatives, SamplerInput sampler) {
    return new TextToImage(
        prompts,
        // XL tells no negative prompt from an empty one.
        negatives.stream().allMatch(String::isEmpty) ? List.of() : negatives,
        sampler.width(),
        sampler.height(),
        sampler.steps(),
        new Guidance(sampler.guidanceScale(), sampler.guidanceRescale()),
        sampler.clipSkip());
  }
}
