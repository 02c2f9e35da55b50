package dev.atelier.operator.job;

import dev.atelier.api.SamplerSpec;
import java.util.Optional;

/** What a sampler of pictures may ask for and one of clips may not. */
public final class VideoSampler {

  private VideoSampler() {}

  /**
   * Why clips cannot be drawn so.
   *
   * @param remedy what to do about clip skip
   */
  public static Optional<String> refused(SamplerSpec sampler, String remedy) {
    return sampler.clipSkip() > 0
        ? Optional.of(
            "video models read prompts with T5, whose layers cannot be left out; " + remedy)
        : Optional.empty();
  }
}
