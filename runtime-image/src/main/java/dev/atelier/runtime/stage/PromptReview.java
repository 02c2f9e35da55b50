package dev.atelier.runtime.stage;

import dev.atelier.runtime.safety.PromptCheck;
import dev.atelier.runtime.safety.PromptNote;
import dev.atelier.runtime.store.Manifest;
import dev.atelier.runtime.store.StageFolder;
import dev.atelier.stage.PerceptionInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.Subject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what a stage is asked to draw. What is only advised against is kept for the manifest, from
 * where the report takes it, and said in the log.
 */
record PromptReview(PromptCheck check, StageFolder folder) {

  private static final Logger LOG = LoggerFactory.getLogger("atelier");

  /**
   * The review by the rules of a stage's runtime.
   *
   * @throws dev.atelier.runtime.StageFailure.BadInput if the rules cannot be followed
   */
  static PromptReview of(StageContext context, PerceptionInput perception) {
    return new PromptReview(PromptCheck.of(perception.prompts()), context.folder());
  }

  /** Ends the stage if the subject is refused. */
  void admit(Subject subject) {
    keep(check.check(subject));
  }

  /**
   * Ends the stage if a prompt is refused.
   *
   * @param prompts with the subject in its place
   */
  void admit(List<Prompt> prompts) {
    keep(check.check(prompts));
  }

  private void keep(List<PromptNote> notes) {
    for (var note : notes) {
      var found = note.finding();
      boolean news =
          folder.advised(
              new Manifest.Advised(
                  note.name(), found.category().name(), found.term(), found.list(), note.reason()));
      if (news) {
        LOG.warn("prompt {}: {}", note.name(), note.reason());
      }
    }
  }
}
