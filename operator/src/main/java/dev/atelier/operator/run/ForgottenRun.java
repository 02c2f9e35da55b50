package dev.atelier.operator.run;

import static dev.atelier.api.ConditionType.DatasetReady;
import static dev.atelier.api.ConditionType.Evaluated;
import static dev.atelier.api.ConditionType.PhotosErased;
import static dev.atelier.api.ConditionType.Ready;
import static dev.atelier.api.ConditionType.Stalled;
import static dev.atelier.api.ConditionType.Trained;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.Reason;
import dev.atelier.operator.job.Erasure;
import java.time.Instant;
import java.util.List;

/** What the status says while a person's data is erased, and afterwards. */
public final class ForgottenRun {

  private ForgottenRun() {}

  /** After the consent ended: the resource stays, its content goes. */
  static void write(RunStatusDraft draft, StagedSpec spec, Erasure step, Instant now) {
    if (step instanceof Erasure.Done done) {
      erased(draft, spec, done, now);
    } else if (step instanceof Erasure.Failed failed) {
      draft.conditions =
          draft
              .conditions
              .yes(Stalled, Reason.EraseFailed, failed.message())
              .no(Ready, Reason.EraseFailed, failed.message());
    } else {
      var message =
          step instanceof Erasure.Wait wait
              ? wait.message()
              : "everything of the person is being erased";
      draft.conditions =
          draft.conditions.no(Ready, Reason.Erasing, "the consent ended; " + message);
    }
  }

  /** The status of a resource that is being deleted. */
  public static StagedStatus leaving(Staged model, Reason reason, String message, Instant now) {
    long generation = model.generation();
    var status = model.status();
    var conditions =
        ConditionSet.of(status == null ? List.of() : status.conditions(), generation, now)
            .no(Ready, reason, message);
    if (reason == Reason.EraseFailed) {
      conditions = conditions.yes(Stalled, reason, message);
    }
    return new RunStatusDraft(status, conditions).build(generation);
  }

  private static void erased(
      RunStatusDraft draft, StagedSpec spec, Erasure.Done done, Instant now) {
    draft.clear();
    var run = draft.run;
    if (run != null) {
      draft.run = run.finished(now);
    }
    var ended = "the consent ended on %s".formatted(spec.expiresAt().orElse(now));
    draft.conditions =
        draft
            .conditions
            .yes(PhotosErased, Reason.Erased, done.words().message())
            .yes(Stalled, Reason.ConsentExpired, ended + "; a new consent starts a new attempt")
            .without(Trained)
            .without(DatasetReady)
            .without(Evaluated)
            .no(Ready, Reason.ConsentExpired, ended + "; " + done.words().message());
  }
}
