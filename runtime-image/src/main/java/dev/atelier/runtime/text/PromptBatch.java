package dev.atelier.runtime.text;

import java.util.List;

/**
 * The prompts of pictures that are drawn together.
 *
 * @param prompts one per picture
 * @param negatives one per picture, or none at all
 * @param secondPrompts for the second text encoder, if they are others; one per picture or none
 * @param secondNegatives for the second text encoder, if they are others
 * @param clipSkip how many of the text encoder's last layers are left out for the prompts
 */
public record PromptBatch(
    List<String> prompts,
    List<String> negatives,
    List<String> secondPrompts,
    List<String> secondNegatives,
    int clipSkip) {

  public PromptBatch {
    prompts = List.copyOf(prompts);
    negatives = List.copyOf(negatives);
    secondPrompts = List.copyOf(secondPrompts);
    secondNegatives = List.copyOf(secondNegatives);
  }

  /** The same prompts for every encoder. */
  public static PromptBatch of(List<String> prompts, List<String> negatives, int clipSkip) {
    return new PromptBatch(prompts, negatives, List.of(), List.of(), clipSkip);
  }
}
