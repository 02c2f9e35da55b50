package dev.atelier.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a platform says about what is drawn, beside what the runtime image refuses by itself. */
@ApiValue
public record SafetySpec(
    @JsonPropertyDescription("The platform's own rules for prompts, subjects and class pictures.")
        @Default("{}")
        PromptRules prompts) {

  /**
   * Words that concern minors, plainly written: those of the list that ships, which finds them in
   * disguise as well. A test compares the two.
   */
  private static final String NAMES_MINORS =
      "(?i)(^|[^\\p{L}\\p{N}])("
          + "child(ren|s)?|kids?|minors?|underage|under age (girl|boy)|toddler\\p{L}*|pre ?teen\\p{L}*"
          + "|teen(s|age|ager\\p{L}*)?|tween|infant\\p{L}*|newborn|baby|babies|(little|young) (girl|boy)"
          + "|school(girl|boy)\\p{L}*|school (girl|boy)|kindergart\\p{L}*|loli(ta|con)?|shota(con)?|jailbait"
          + "|barely legal|nina pequena|nino|kleines madchen|petite fille|bambina|ребенок|ребёнок"
          + ")([^\\p{L}\\p{N}]|$)|萝莉|ロリ";

  /** Phrases of the list that ships in which those words mean something else. */
  private static final String NAMES_NO_MINORS =
      "(?i)minor (key|scratches|chord|league|details)|(ursa|asia) minor|baby (blue|pink|grand)|baby.s breath"
          + "|kid (gloves|leather)|goat kid|inner child|child.?s play|swiss teen mountain";

  static final SafetySpec DEFAULT = new SafetySpec(PromptRules.NONE);

  public SafetySpec {
    prompts = requireNonNullElse(prompts, PromptRules.NONE);
  }

  /** Rules for prompts. A change counts for the stages that start after it. */
  @ApiValue
  @ValidationRule(
      value =
          "!has(self.blockedTerms) || self.blockedTerms.all(term, term.matches(r'[\\p{L}\\p{N}]'))",
      fieldPath = ".blockedTerms",
      message =
          "every term needs a letter or a digit, as nothing else is compared; correct or remove the one without")
  @ValidationRule(
      value = "!has(self.blockedTerms) || self.blockedTerms.all(term, term.matches('^[^*]*[*]?$'))",
      fieldPath = ".blockedTerms",
      message =
          "a star stands only at the end of a term, for any ending of its last word; move or remove it")
  @ValidationRule(
      value =
          "!has(self.allowedPhrases) || self.allowedPhrases.all(phrase, phrase.matches(r'[\\p{L}\\p{N}]'))",
      fieldPath = ".allowedPhrases",
      message =
          "every phrase needs a letter or a digit, as nothing else is compared; correct or remove the one without")
  @ValidationRule(
      value = "!has(self.allowedPhrases) || self.allowedPhrases.all(phrase, !phrase.contains('*'))",
      fieldPath = ".allowedPhrases",
      message =
          "a phrase is taken out of prompts word for word and has no star; write out every form that is allowed")
  @ValidationRule(
      value =
          "!has(self.allowedPhrases) || self.allowedPhrases.all(phrase, !phrase.matches(r'"
              + NAMES_MINORS
              + "') || phrase.matches(r'"
              + NAMES_NO_MINORS
              + "'))",
      fieldPath = ".allowedPhrases",
      message =
          "what concerns minors is refused whatever the rules allow; remove the phrase that names them")
  public record PromptRules(
      @JsonPropertyDescription(
              "Words and phrases that are refused beside the list that ships, found through the same disguises. A star at the end stands for any ending of letters and digits.")
          @Size(max = 256)
          List<@Size(min = 1, max = 100) String> blockedTerms,
      @JsonPropertyDescription(
              "Phrases that are taken out of a prompt before it is compared, word for word. They open nothing that concerns minors; one that names minors itself is refused, in disguise by the stages that read it.")
          @Size(max = 256)
          List<@Size(min = 1, max = 100) String> allowedPhrases,
      @JsonPropertyDescription(
              "What becomes of a prompt with a finding. Refuse: nothing is drawn. Advise: it is drawn, and manifest and report name the finding; what concerns minors is refused all the same.")
          @Default("Refuse")
          OnFinding onFinding) {

    /** The list that ships, as it is. */
    public static final PromptRules NONE = new PromptRules(List.of(), List.of(), OnFinding.Refuse);

    public PromptRules {
      blockedTerms = List.copyOf(requireNonNullElse(blockedTerms, List.of()));
      allowedPhrases = List.copyOf(requireNonNullElse(allowedPhrases, List.of()));
      onFinding = requireNonNullElse(onFinding, OnFinding.Refuse);
    }
  }

  /** What becomes of a prompt with a finding. */
  public enum OnFinding {
    Refuse,
    Advise
  }
}
