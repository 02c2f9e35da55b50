package dev.atelier.runtime.safety;

import dev.atelier.runtime.StageFailure;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Subject;
import java.util.List;
import java.util.Optional;

/**
 * Refuses prompts that ask for what this project does not draw. A list of words is a first line
 * only; what is drawn is judged again by {@link OutputCheck}.
 */
public final class PromptCheck {
  private static final BlockList LIST = BlockList.shipped();

  private PromptCheck() {}

  /** Why a text is refused; empty for one that may be drawn. */
  public static Optional<PromptFinding> finding(String text) {
    return LIST.find(text);
  }

  /** The word of the list that refuses a prompt's text. */
  public static Optional<String> refusedWord(String text) {
    return finding(text).map(PromptFinding::term);
  }

  /** Name and digest of the list, for manifests and reports. */
  public static String listName() {
    return LIST.name();
  }

  /** Ends the stage if the subject's token or class asks for what is not drawn. */
  public static void check(Subject subject) {
    finding(subject.phrase())
        .ifPresent(
            found -> {
              throw new StageFailure.BadInput(
                  "the subject '%s' is refused for the word '%s' (%s); correct subject.token or subject.className"
                      .formatted(subject.phrase(), found.term(), found.category().title()));
            });
  }

  /**
   * Ends the stage if a prompt asks for what is not drawn; negative prompts may name it.
   *
   * @param prompts with the subject in its place
   */
  public static void check(List<Prompt> prompts) {
    for (var prompt : prompts) {
      finding(prompt.text())
          .ifPresent(
              found -> {
                throw new StageFailure.BadInput(
                    "the prompt '%s' is refused for the word '%s' (%s); nothing was drawn"
                        .formatted(prompt.name(), found.term(), found.category().title()));
              });
    }
  }
}
