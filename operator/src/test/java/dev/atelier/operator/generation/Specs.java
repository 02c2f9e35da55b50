package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJobSpec;
import org.jspecify.annotations.Nullable;

/** Specs with the fields changed that may change. */
final class Specs {

  private Specs() {}

  static GenerationJobSpec with(GenerationJobSpec spec, @Nullable Integer ttl, boolean suspend) {
    return new GenerationJobSpec(
        spec.modelRef(),
        spec.prompts(),
        spec.promptPack(),
        spec.promptsFrom(),
        spec.samplesPerPrompt(),
        spec.sampler(),
        spec.video(),
        spec.imageToImage(),
        spec.upscale(),
        spec.parallelism(),
        spec.evaluation(),
        spec.limits(),
        ttl,
        suspend);
  }
}
