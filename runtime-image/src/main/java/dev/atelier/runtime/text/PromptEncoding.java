package dev.atelier.runtime.text;

/** Turns prompts into what a denoiser is told; one for each family of models. */
public interface PromptEncoding {
  /**
   * The conditions of a batch; both parts have as many tokens.
   *
   * @param guided whether the negative half is needed
   */
  Both encode(PromptBatch batch, boolean guided);

  /**
   * Both halves of guidance.
   *
   * @param negatives equals the prompts' where they are not needed
   */
  record Both(TextConditions prompts, TextConditions negatives) {}
}
