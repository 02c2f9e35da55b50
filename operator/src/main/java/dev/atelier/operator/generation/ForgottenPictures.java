package dev.atelier.operator.generation;

import static dev.atelier.api.ConditionType.PicturesErased;
import static dev.atelier.api.ConditionType.Stalled;

import dev.atelier.api.Reason;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.job.Erasure;
import java.time.Instant;

/** What the status says while pictures of a person are erased, and afterwards. */
final class ForgottenPictures {

  private ForgottenPictures() {}

  static void write(GenerationStatusDraft draft, Forget forget, Instant now) {
    if (forget.step() instanceof Erasure.Done done) {
      erased(draft, forget, done, now);
      return;
    }
    // On record before anything goes: an erasure that began is never taken back.
    draft.conditions =
        draft.conditions.no(PicturesErased, Reason.ConsentExpired, forget.why()).without(Stalled);
    draft.progress = null;
    if (forget.step() instanceof Erasure.Failed failed) {
      draft.conditions = draft.conditions.yes(Stalled, Reason.EraseFailed, failed.message());
      draft.ready(Reason.EraseFailed, failed.message());
    } else {
      var message =
          forget.step() instanceof Erasure.Wait wait
              ? wait.message()
              : "everything that was drawn is being erased";
      draft.ready(Reason.Erasing, forget.why() + "; " + message);
    }
  }

  private static void erased(
      GenerationStatusDraft draft, Forget forget, Erasure.Done done, Instant now) {
    draft.clear();
    draft.run = forget.run().finished(now);
    draft.failed(
        Reason.ConsentExpired,
        "%s; %s. A new consent needs a new GenerationJob"
            .formatted(forget.why(), done.words().message()));
    draft.conditions = draft.conditions.yes(PicturesErased, Reason.Erased, done.words().message());
  }
}
