package dev.atelier.runtime.safety;

import dev.atelier.runtime.StageFailure;
import dev.atelier.runtime.store.Digests;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.PromptRulesInput.OnFinding;
import dev.atelier.stage.StageJson;
import java.util.List;

/** A platform's rules for prompts, put on the list that ships. */
record PromptRules(PromptRulesInput input) {

  private static final String FIELD = "spec.safety.prompts of the DiffusionRuntime '%s'";

  /**
   * The shipped list with the platform's terms and phrases.
   *
   * @throws StageFailure.BadInput if nothing of a term or phrase is left to compare, or a phrase
   *     names what concerns minors
   */
  BlockList on(BlockList shipped) {
    input.blockedTerms().forEach(term -> requireReadable(shipped, "blockedTerms", term));
    input.allowedPhrases().forEach(phrase -> requireReadable(shipped, "allowedPhrases", phrase));
    input.allowedPhrases().forEach(phrase -> requireOfAge(shipped, phrase));
    return shipped.with(
        input.blockedTerms(),
        input.allowedPhrases(),
        "%s with rules %s of DiffusionRuntime %s"
            .formatted(shipped.name(), digest(), input.runtime()));
  }

  /** Whether a finding that may be drawn is drawn. */
  boolean advise() {
    return input.onFinding() == OnFinding.Advise;
  }

  /** Where the rules are written. */
  String place() {
    return FIELD.formatted(input.runtime());
  }

  private void requireReadable(BlockList shipped, String field, String text) {
    if (!shipped.reads(text)) {
      throw new StageFailure.BadInput(
          "%s holds '%s' under %s, of which nothing is left to compare: only letters and digits count; correct or remove it there"
              .formatted(place(), text, field));
    }
  }

  /** A phrase that cannot do what it is there for is a misunderstanding to be cleared up. */
  private void requireOfAge(BlockList shipped, String phrase) {
    shipped
        .findings(phrase)
        .filter(found -> found.category() == PromptFinding.Category.Minors)
        .findFirst()
        .ifPresent(
            found -> {
              throw new StageFailure.BadInput(
                  "%s holds '%s' under allowedPhrases, in which '%s' concerns minors: that is refused whatever the rules allow; remove the phrase there"
                      .formatted(place(), phrase, found.term()));
            });
  }

  private String digest() {
    var facts = List.of(input.blockedTerms(), input.allowedPhrases(), input.onFinding());
    return Digests.of(StageJson.pretty(facts)).substring(0, 12);
  }
}
