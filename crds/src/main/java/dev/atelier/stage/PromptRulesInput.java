package dev.atelier.stage;

import java.util.List;

/**
 * What a platform says about prompts beside the list that ships with the runtime image.
 *
 * @param runtime name of the DiffusionRuntime that says so, for messages
 * @param blockedTerms refused beside the shipped ones; a star at the end stands for any ending
 * @param allowedPhrases taken out of a prompt before it is compared with anything but what concerns
 *     minors
 */
public record PromptRulesInput(
    String runtime, List<String> blockedTerms, List<String> allowedPhrases, OnFinding onFinding) {

  public PromptRulesInput {
    blockedTerms = List.copyOf(blockedTerms);
    allowedPhrases = List.copyOf(allowedPhrases);
  }

  /** What becomes of a prompt with a finding. */
  public enum OnFinding {
    /** The stage ends before anything is drawn. */
    Refuse,
    /** The prompt is drawn and the finding reported; minors are refused all the same. */
    Advise
  }
}
