package dev.atelier.runtime.safety;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.PromptRulesInput;
import dev.atelier.stage.Subject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses prompts that ask for what this project or the platform does not draw. A list of words is
 * a first line only; what is drawn is judged again by {@link OutputCheck}.
 */
public final class PromptCheck {
  private static final PromptCheck SHIPPED = new PromptCheck(BlockList.shipped(), Optional.empty());

  private final BlockList list;
  private final Optional<PromptRules> rules;

  private PromptCheck(BlockList list, Optional<PromptRules> rules) {
    this.list = list;
    this.rules = rules;
  }

  /** The check by the list that ships alone. */
  public static PromptCheck shipped() {
    return SHIPPED;
  }

  /**
   * The check by a platform's rules.
   *
   * @param rules absent for the list that ships alone
   * @throws StageFailure.BadInput if the rules cannot be followed; the message names the term
   */
  public static PromptCheck of(@Nullable PromptRulesInput rules) {
    if (rules == null) {
      return SHIPPED;
    }
    var own = new PromptRules(rules);
    return new PromptCheck(own.on(SHIPPED.list), Optional.of(own));
  }

  /** What a text holds that is not to be drawn; empty for one that may be. */
  public Optional<PromptFinding> finding(String text) {
    return list.findings(text).findFirst();
  }

  /** What judges, for manifests and reports: name and digest of list and rules, and the policy. */
  public String protocol() {
    return advises() ? list.name() + ", findings are drawn and reported" : list.name();
  }

  /**
   * Ends the stage if the subject's token or class asks for what is not drawn.
   *
   * @return what is drawn all the same, as the rules only advise against it
   */
  public List<PromptNote> check(Subject subject) {
    return judge(
        "subject",
        subject.phrase(),
        "the subject '%s'".formatted(subject.phrase()),
        "correct subject.token or subject.className");
  }

  /**
   * Ends the stage if a prompt asks for what is not drawn; negative prompts may name it.
   *
   * @param prompts with the subject in its place
   * @return what is drawn all the same, as the rules only advise against it
   */
  public List<PromptNote> check(List<Prompt> prompts) {
    return prompts.stream()
        .flatMap(
            prompt ->
                judge(
                    prompt.name(),
                    prompt.text(),
                    "the prompt '%s'".formatted(prompt.name()),
                    "nothing was drawn")
                    .stream())
        .toList();
  }

  /**
   * @param what was read, as a sentence begins
   * @param next what follows from a refusal
   */
  private List<PromptNote> judge(String name, String text, String what, String next) {
    var findings = list.findings(text).distinct().toList();
    findings.stream()
        .filter(this::refuses)
        .findFirst()
        .ifPresent(
            found -> {
              throw new StageFailure.BadInput(
                  "%s is refused for %s; %s%s".formatted(what, words(found), next, owner(found)));
            });
    return findings.stream()
        .map(
            found ->
                new PromptNote(name, found, "drawn with %s: %s".formatted(words(found), why())))
        .toList();
  }

  private boolean refuses(PromptFinding found) {
    return found.category() == PromptFinding.Category.Minors || !advises();
  }

  private boolean advises() {
    return rules.filter(PromptRules::advise).isPresent();
  }

  private static String words(PromptFinding found) {
    return "the word '%s' (%s)".formatted(found.term(), found.category().title());
  }

  /** Who can change what refused; of the list that ships nobody can. */
  private String owner(PromptFinding found) {
    return rules
        .filter(any -> found.category() == PromptFinding.Category.Platform)
        .map(
            own ->
                ". The platform's list is blockedTerms in %s: whoever looks after it can change it"
                    .formatted(own.place()))
        .orElse("");
  }

  private String why() {
    return rules.map(own -> own.place() + " says onFinding: Advise").orElse("");
  }
}
