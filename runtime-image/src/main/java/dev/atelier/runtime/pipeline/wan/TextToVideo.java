package dev.atelier.runtime.pipeline.wan;

import dev.atelier.runtime.pipeline.Guidance;
import dev.atelier.runtime.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What clips to make together.
 *
 * @param prompts one per clip
 * @param negativePrompts one per clip; only used with guidance
 * @param width in pixels
 * @param height in pixels
 * @param frames one more than a multiple of the autoencoder's temporal compression
 * @param steps of denoising
 * @param firstFrame what every clip begins with, {@code [clips, 3, height, width]} in [0, 1]
 * @param words tokens of text that the denoiser sees
 */
public record TextToVideo(
    List<String> prompts,
    List<String> negativePrompts,
    int width,
    int height,
    int frames,
    Steps steps,
    Guidance guidance,
    Optional<Tensor> firstFrame,
    int words) {

  /** What Wan was trained with. */
  public static final int WORDS = 512;

  public TextToVideo {
    prompts = List.copyOf(prompts);
    negativePrompts = List.copyOf(negativePrompts);
    if (negativePrompts.size() != prompts.size()) {
      throw new IllegalArgumentException(
          "%d prompts but %d negative prompts; give one for each, empty for none."
              .formatted(prompts.size(), negativePrompts.size()));
    }
  }

  /** The same, beginning with a frame. */
  public TextToVideo beginningWith(Optional<Tensor> frame) {
    return new TextToVideo(
        prompts, negativePrompts, width, height, frames, steps, guidance, frame, words);
  }

  /** How the noise is taken away. */
  public sealed interface Steps {
    /** The timestep that is noise alone. */
    int NOISIEST = 1000;

    /** So many steps, spread by the sampler. */
    record Count(int count) implements Steps {}

    /**
     * The timesteps that a distilled model was trained for, noisiest first; the sampler's own noise
     * table does not matter then.
     *
     * @param renoised whether each step draws the noise afresh (distribution matching) or goes on
     *     along the flow
     */
    record Fixed(List<Double> timesteps, boolean renoised) implements Steps {
      public Fixed {
        timesteps = List.copyOf(timesteps);
      }
    }
  }
}
