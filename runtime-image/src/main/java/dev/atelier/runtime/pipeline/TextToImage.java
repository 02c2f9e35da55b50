package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.text.PromptBatch;
import java.util.Collections;
import java.util.List;

/**
 * What to draw together.
 *
 * @param prompts one per picture
 * @param negativePrompts one per picture; only used with guidance
 * @param width in pixels, a multiple of the autoencoder's compression
 * @param height in pixels
 * @param steps denoising steps
 * @param clipSkip how many of the text encoder's last layers are left out for the prompts
 * @param xl what only Stable Diffusion XL asks for
 */
public record TextToImage(
    List<String> prompts,
    List<String> negativePrompts,
    int width,
    int height,
    int steps,
    Guidance guidance,
    int clipSkip,
    XlRequest xl) {

  public TextToImage {
    prompts = List.copyOf(prompts);
    negativePrompts = List.copyOf(negativePrompts);
  }

  /** A request with nothing that only Stable Diffusion XL asks for. */
  public TextToImage(
      List<String> prompts,
      List<String> negativePrompts,
      int width,
      int height,
      int steps,
      Guidance guidance,
      int clipSkip) {
    this(prompts, negativePrompts, width, height, steps, guidance, clipSkip, XlRequest.PLAIN);
  }

  /** The prompts alone. */
  PromptBatch batch() {
    return new PromptBatch(
        prompts, negativePrompts, xl.secondPrompts(), xl.secondNegatives(), clipSkip);
  }

  /** Pictures of one prompt. */
  public static TextToImage of(
      int pictures,
      String prompt,
      String negative,
      int width,
      int height,
      int steps,
      Guidance guidance) {
    return new TextToImage(
        Collections.nCopies(pictures, prompt),
        Collections.nCopies(pictures, negative),
        width,
        height,
        steps,
        guidance,
        0);
  }
}
