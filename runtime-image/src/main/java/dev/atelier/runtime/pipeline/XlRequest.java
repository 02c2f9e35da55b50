package dev.atelier.runtime.pipeline;

import dev.atelier.runtime.model.unet.Conditions;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.text.TextConditions;
import java.util.List;
import java.util.Optional;

/**
 * What only Stable Diffusion XL asks for.
 *
 * @param secondPrompts for the second text encoder, one per picture; none if they are the same
 * @param secondNegatives for the second text encoder
 * @param sizes the sizes that the picture shall look like; none for its own
 * @param negativeSizes the sizes that it shall not look like; none for the same
 */
public record XlRequest(
    List<String> secondPrompts,
    List<String> secondNegatives,
    Optional<Sizes> sizes,
    Optional<Sizes> negativeSizes) {

  /** The same prompts for both encoders, and the picture's own size. */
  public static final XlRequest PLAIN =
      new XlRequest(List.of(), List.of(), Optional.empty(), Optional.empty());

  public XlRequest {
    secondPrompts = List.copyOf(secondPrompts);
    secondNegatives = List.copyOf(secondNegatives);
  }

  /**
   * SDXL's micro-conditioning (Podell et al. 2023, section 2.2), in pixels.
   *
   * @param cropTop how much of a training picture was cut off above
   * @param cropLeft how much was cut off on the left
   */
  public record Sizes(
      int originalHeight,
      int originalWidth,
      int cropTop,
      int cropLeft,
      int targetHeight,
      int targetWidth) {

    /** A whole picture of that size. */
    public static Sizes of(int height, int width) {
      return new Sizes(height, width, 0, 0, height, width);
    }

    /**
     * Text with these sizes in every row, where the model has pooled text and so asks for sizes;
     * else the text alone.
     */
    public Conditions with(TextConditions text) {
      return new Conditions(
          text.states(), text.pooled().map(pooled -> new Conditions.Size(pooled, rows(pooled))));
    }

    private Tensor rows(Tensor pooled) {
      float[] numbers = {
        originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth
      };
      return pooled
          .torch()
          .tensor(numbers, 1, numbers.length)
          .expand(pooled.size(0), numbers.length);
    }
  }
}
