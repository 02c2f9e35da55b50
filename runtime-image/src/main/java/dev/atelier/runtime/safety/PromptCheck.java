package dev.atelier.runtime.safety;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PromptInput.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses prompts that ask for what this project does not draw: nudity, sexual content, children. A
 * list of words is a first line only; what is drawn is judged again by {@link OutputCheck}.
 */
public final class PromptCheck {

  private static final Pattern REFUSED =
      Pattern.compile(
          "\\b(nude|nudes|naked|nudity|nsfw|topless|undressed|porn|pornographic|erotic|explicit"
              + " sex|sexual|lingerie|genitals?|child|children|minor|underage|toddler|preteen)\\b",
          Pattern.CASE_INSENSITIVE);

  private PromptCheck() {}

  /** The word that refuses a prompt's text. */
  public static Optional<String> refusedWord(String text) {
    var found = REFUSED.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }

  /** Ends the stage if a prompt asks for what is not drawn; negative prompts may name it. */
  public static void check(List<Prompt> prompts) {
    for (var prompt : prompts) {
      refusedWord(prompt.text())
          .ifPresent(
              word -> {
                throw new StageFailure.BadInput(
                    "the prompt '%s' is refused for the word '%s'; nothing was drawn"
                        .formatted(prompt.name(), word));
              });
    }
  }
}
