package dev.atelier.runtime.safety;

import java.util.Optional;
import java.util.regex.Pattern;

/** Ages below 18, however they are written: "12 year old", "16yo", "aged 15". */
final class AgeRule {
  private static final String AGE = "(?:[1-9]|1[0-7])";

  /** Things that are a few years old without being people. */
  private static final String THINGS =
      "(?:whisk|wine|rum|car|house|tree|oak|camera|jacket|coat|company|startup|business|dog|cat|horse|building|bottle|tradition)";

  private static final Pattern UNDER_AGE =
      Pattern.compile(
          "\\b(?:"
              + AGE
              + " ?(?:years?|yrs?|months?) old(?! "
              + THINGS
              + ")|"
              + AGE
              + " ?y ?o\\b|(?:age|aged) "
              + AGE
              + "\\b|(?:nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen) years? old(?! "
              + THINGS
              + "))");

  private AgeRule() {}

  static Optional<PromptFinding> find(String words, String list) {
    var age = UNDER_AGE.matcher(words);
    return age.find()
        ? Optional.of(new PromptFinding(PromptFinding.Category.Minors, age.group(), list))
        : Optional.empty();
  }
}
