package dev.atelier.operator.run;

import static dev.atelier.api.ConditionType.DatasetReady;
import static dev.atelier.api.ConditionType.Evaluated;
import static dev.atelier.api.ConditionType.Failed;
import static dev.atelier.api.ConditionType.PhotosErased;
import static dev.atelier.api.ConditionType.Ready;
import static dev.atelier.api.ConditionType.Stalled;
import static dev.atelier.api.ConditionType.Suspended;
import static dev.atelier.api.ConditionType.Trained;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.job.Curve;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.StageResults;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.operator.run.RunDecision.Fail;
import dev.atelier.operator.run.RunDecision.Finish;
import dev.atelier.operator.run.RunDecision.Follow;
import dev.atelier.operator.run.RunDecision.Forget;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Move;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.run.RunDecision.Supersede;
import dev.atelier.operator.run.RunDecision.Suspend;
import dev.atelier.operator.run.RunDecision.Wait;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The next status of a run: a pure function of what is and what was decided. */
public final class NextRunStatus {

  private final StagedSpec spec;
  private final RunTries tries;
  private final Optional<RuntimeSpec> runtime;
  private final Duration progressInterval;
  private final Instant now;
  private final RunStatusDraft draft;

  private NextRunStatus(Staged model, RunObserved seen, Duration progressInterval, Instant now) {
    this.spec = model.spec();
    this.tries = new RunTries(model, seen.jobs());
    this.runtime = seen.runtime().map(found -> found.getSpec());
    this.progressInterval = progressInterval;
    this.now = now;
    var status = model.status();
    this.draft =
        new RunStatusDraft(
            status,
            ConditionSet.of(
                status == null ? List.of() : status.conditions(), model.generation(), now));
  }

  /** The status after the decision. */
  public static StagedStatus of(
      Staged model,
      RunObserved seen,
      RunDecision decision,
      Duration progressInterval,
      Instant now) {
    var next = new NextRunStatus(model, seen, progressInterval, now);
    next.answer(decision);
    return next.draft.build(model.generation());
  }

  private void answer(RunDecision decision) {
    if (decision instanceof Wait wait) {
      draft.reopened();
      ready(wait.reason(), wait.message());
      if (wait.forGood()) {
        draft.conditions = draft.conditions.yes(Stalled, wait.reason(), wait.message());
      }
    } else if (decision instanceof Launch launch) {
      launch(launch);
    } else if (decision instanceof Follow follow) {
      draft.resumed();
      draft.tried(tries);
      new FollowedRun(draft, spec.stage(follow.run()), root(), progressInterval)
          .write(follow.state());
    } else if (decision instanceof Finish finish) {
      finish(finish);
    } else if (decision instanceof Fail fail) {
      fail(fail);
    } else if (decision instanceof Supersede) {
      draft.reopened();
      ready(Reason.Pending, "waiting for the pods of the earlier run to end");
    } else if (decision instanceof Suspend suspend) {
      suspend(suspend);
    } else if (decision instanceof Move move) {
      move(move.step());
    } else if (decision instanceof Rest) {
      draft.conditions = draft.conditions.again(Ready).again(Stalled);
    } else if (decision instanceof Forget forget) {
      ForgottenRun.write(draft, spec, forget.step(), now);
    }
  }

  private void launch(Launch launch) {
    var before = draft.run;
    if (before == null || !before.id().equals(launch.run().id())) {
      draft.clear();
      draft.usage = null;
      draft.conditions = draft.conditions.without(DatasetReady).without(Trained).without(Evaluated);
    }
    use(launch.spent().news());
    draft.run = launch.run();
    draft.progress = null;
    draft.resumed();
    var stage = spec.stage(launch.run());
    if (stage == spec.first()) {
      draft.conditions = draft.conditions.without(PhotosErased);
    }
    gentler(launch);
    if (!launch.run().equals(before) || !Refusal.holds(draft.conditions)) {
      ready(StagedSpec.reason(stage), launch.because() + " " + stage.title());
    }
  }

  /** Why this attempt differs from the one before stays visible while it computes. */
  private void gentler(Launch launch) {
    var adjustments = launch.run().adjustments();
    if (adjustments.isEmpty()) {
      return;
    }
    var last = adjustments.get(adjustments.size() - 1);
    draft.conditions =
        draft.conditions.no(
            Trained,
            last == RunStatus.Adjustment.HalfBatch ? Reason.OutOfMemory : Reason.Diverged,
            launch.because() + " attempt %d".formatted(launch.run().attempt()));
  }

  private void finish(Finish finish) {
    var words = finish.words();
    var stage = spec.stage(finish.run());
    use(finish.gpuSeconds());
    record(words);
    if (stage == Stage.EVALUATE) {
      publish(words);
    } else if (stage == Stage.PREPARE_VIDEO) {
      show(words);
    }
    draft.progress = null;
    stageDone(stage, words);
    spec.after(stage)
        .ifPresentOrElse(
            next -> {
              draft.run = finish.run().at(next.title());
              draft.starting(next);
            },
            () -> published(tries.of(finish.run())));
  }

  private void published(RunStatus run) {
    draft.run = run.finished(now);
    draft.conditions = draft.conditions.yes(Ready, Reason.Published, spec.published());
    if (spec.erasesPhotos()) {
      draft.conditions =
          draft.conditions.yes(
              PhotosErased, Reason.Erased, "copies of the photos are erased; the model is kept");
    }
  }

  private void stageDone(Stage stage, TerminationMessage words) {
    draft.conditions =
        switch (stage) {
          case INTAKE -> draft.conditions.yes(DatasetReady, Reason.PhotosAccepted, words.message());
          case PREPARE_VIDEO ->
              draft.conditions.yes(DatasetReady, Reason.ClipsAccepted, words.message());
          case TRAIN -> draft.conditions.yes(Trained, Reason.StageDone, words.message());
          default -> draft.conditions.yes(Evaluated, Reason.GatePassed, words.message());
        };
  }

  private void fail(Fail fail) {
    var stage = spec.stage(fail.run());
    use(fail.gpuSeconds());
    fail.words().ifPresent(this::record);
    fail.words().filter(words -> fail.reason() == Reason.GateFailed).ifPresent(this::show);
    draft.run = tries.of(fail.run()).finished(now);
    var type =
        switch (stage) {
          case INTAKE, PREPARE_VIDEO -> DatasetReady;
          case TRAIN -> Trained;
          default -> Evaluated;
        };
    draft.conditions =
        draft
            .conditions
            .no(type, fail.reason(), fail.message())
            .yes(Failed, fail.reason(), fail.message())
            .yes(Stalled, fail.reason(), fail.message());
    ready(fail.reason(), fail.message());
  }

  private void move(Erasure step) {
    draft.reopened();
    if (step instanceof Erasure.Failed failed) {
      draft.conditions = draft.conditions.yes(Stalled, Reason.EraseFailed, failed.message());
      ready(Reason.EraseFailed, failed.message());
    } else {
      ready(Reason.Erasing, "erasing the files of the earlier run where its runtime kept them");
    }
  }

  private void suspend(Suspend suspend) {
    draft.reopened();
    draft.stopped();
    use(suspend.gpuSeconds());
    var message =
        suspend.jobs().isEmpty()
            ? "spec.suspend is true; set it to false to go on"
            : "spec.suspend is true; the pod saves a checkpoint and ends";
    draft.conditions = draft.conditions.yes(Suspended, Reason.Suspended, message);
    ready(Reason.Suspended, message);
  }

  private void record(TerminationMessage words) {
    if (words.dataset() != null) {
      draft.dataset = StageResults.dataset(words.dataset());
    }
    if (words.evaluation() != null) {
      draft.evaluation = Curve.atTheEnd(draft.evaluation, words.evaluation());
    }
    if (words.lastCheckpoint() != null) {
      draft.checkpoint(words.lastCheckpoint(), root());
    }
  }

  /** What can be fetched: only evaluation publishes, so that nobody uses a model unjudged. */
  private void publish(TerminationMessage words) {
    root()
        .ifPresent(root -> draft.artifacts = StageResults.published(draft.artifacts, words, root));
  }

  /** What can be looked at while there is no model, or none that is good enough. */
  private void show(TerminationMessage words) {
    root()
        .ifPresent(root -> draft.artifacts = StageResults.artifacts(draft.artifacts, words, root));
  }

  private void ready(Reason reason, String message) {
    draft.ready(reason, message);
  }

  private void use(long gpuSeconds) {
    draft.usage =
        StageResults.usage(draft.usage, gpuSeconds, runtime.map(RuntimeSpec::cost).orElse(null));
  }

  private Optional<StoreRoot> root() {
    return runtime.map(RuntimeSpec::storage).map(StoreRoot::of);
  }
}
