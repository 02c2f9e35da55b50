package dev.atelier.operator.generation;

import static dev.atelier.api.ConditionType.Complete;
import static dev.atelier.api.ConditionType.Failed;
import static dev.atelier.api.ConditionType.Ready;
import static dev.atelier.api.ConditionType.Stalled;
import static dev.atelier.api.ConditionType.Suspended;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.operator.generation.GenerationDecision.Fail;
import dev.atelier.operator.generation.GenerationDecision.Finish;
import dev.atelier.operator.generation.GenerationDecision.Follow;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.generation.GenerationDecision.Suspend;
import dev.atelier.operator.generation.GenerationDecision.Wait;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.ProgressNews;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageResults;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The next status of a GenerationJob: a pure function of what is and what was decided. */
final class NextGenerationStatus {

  private final Owner owner;
  private final JobsSeen jobs;
  private final Optional<RuntimeSpec> runtime;
  private final Duration progressInterval;
  private final Instant now;
  private final String what;
  private final GenerationStatusDraft draft;

  private NextGenerationStatus(
      GenerationJob job, GenerationObserved seen, Duration progressInterval, Instant now) {
    this.owner = Owner.of(job);
    this.jobs = seen.jobs();
    this.runtime = seen.runtime().map(found -> found.getSpec());
    this.progressInterval = progressInterval;
    this.now = now;
    this.what = clips(job, runtime) ? "clips" : "pictures";
    this.draft = new GenerationStatusDraft(job, now);
  }

  /** The status after the decision. */
  static GenerationJobStatus of(
      GenerationJob job,
      GenerationObserved seen,
      GenerationDecision decision,
      Duration progressInterval,
      Instant now) {
    var next = new NextGenerationStatus(job, seen, progressInterval, now);
    next.answer(decision);
    return next.draft.build();
  }

  /** The status of a resource that is being deleted. */
  static GenerationJobStatus leaving(
      GenerationJob job, Reason reason, String message, Instant now) {
    var draft = new GenerationStatusDraft(job, now);
    draft.ready(reason, message);
    if (reason == Reason.EraseFailed) {
      draft.conditions = draft.conditions.yes(Stalled, reason, message);
    }
    return draft.build();
  }

  private void answer(GenerationDecision decision) {
    if (decision instanceof Wait wait) {
      wait(wait);
    } else if (decision instanceof Launch launch) {
      launch(launch);
    } else if (decision instanceof Follow follow) {
      draft.resumed();
      if (draft.run != null) {
        draft.run = tried(draft.run);
      }
      follow(follow.state());
    } else if (decision instanceof Finish finish) {
      finish(finish);
    } else if (decision instanceof Fail fail) {
      fail(fail);
    } else if (decision instanceof Suspend suspend) {
      suspend(suspend);
    } else if (decision instanceof Rest) {
      draft.conditions = draft.conditions.again(Ready).again(Complete).again(Failed).again(Stalled);
    } else if (decision instanceof Forget forget) {
      use(forget.gpuSeconds());
      ForgottenPictures.write(draft, forget, now);
    }
  }

  private RunStatus tried(RunStatus run) {
    var job = StageKey.of(owner, Stage.SAMPLE, run).jobName();
    return run.tried(jobs.retries(job).orElse(null));
  }

  private void launch(Launch launch) {
    draft.resumed();
    boolean again = launch.run().equals(draft.run) && Refusal.holds(draft.conditions);
    draft.run = launch.run();
    draft.progress = null;
    if (!again) {
      draft.ready(Reason.Sampling, launch.because() + " to draw");
    }
  }

  private void wait(Wait wait) {
    draft.ready(wait.reason(), wait.message());
    draft.conditions =
        wait.stalls()
            ? draft.conditions.yes(Stalled, wait.reason(), wait.message())
            : draft.conditions.without(Stalled);
  }

  private void follow(StageState state) {
    if (state instanceof StageState.Waiting waiting) {
      draft.ready(waiting.reason(), waiting.message());
    } else if (state instanceof StageState.Starting) {
      draft.ready(Reason.Sampling, "starting to draw");
    } else if (state instanceof StageState.Running running) {
      var news = ProgressNews.next(draft.progress, running.progress(), progressInterval);
      news.ifPresent(said -> draft.progress = said);
      draft.ready(Reason.Sampling, news.map(ProgressNews::text).orElse("drawing"));
    } else if (state instanceof StageState.Ending) {
      draft.ready(Reason.Pending, "the pods have ended; reading their result");
    } else if (state instanceof StageState.Stopping) {
      draft.ready(Reason.Pending, "waiting for the last pod to end");
    }
  }

  private void finish(Finish finish) {
    record(finish.words(), finish.gpuSeconds());
    end(finish.run());
    var message =
        finish.words().stream()
            .findFirst()
            .map(TerminationMessage::message)
            .filter(text -> finish.words().size() == 1)
            .orElseGet(() -> count(Objects.requireNonNull(draft.samples)));
    draft.conditions =
        draft
            .conditions
            .yes(Ready, Reason.Published, message)
            .yes(Complete, Reason.Published, message);
  }

  private void fail(Fail fail) {
    record(fail.words(), fail.gpuSeconds());
    end(fail.run());
    int produced = draft.samples == null ? 0 : draft.samples.produced();
    var message =
        produced == 0
            ? fail.message()
            : "%s; %d %s are drawn and kept".formatted(fail.message(), produced, what);
    draft.failed(fail.reason(), message);
  }

  private void suspend(Suspend suspend) {
    var message =
        suspend.jobs().isEmpty()
            ? "spec.suspend is true; set it to false to go on"
            : "spec.suspend is true; finished %s are kept".formatted(what);
    draft.conditions = draft.conditions.yes(Suspended, Reason.Suspended, message);
    draft.stopped();
    use(suspend.gpuSeconds());
    draft.ready(Reason.Suspended, message);
  }

  private void record(List<TerminationMessage> all, long gpuSeconds) {
    var words = new GenerationWords(all);
    if (all.stream().anyMatch(one -> one.samples() != null)) {
      draft.samples = words.samples();
    }
    words.evaluation().ifPresent(measured -> draft.evaluation = measured);
    var root = runtime.map(RuntimeSpec::storage).map(StoreRoot::of);
    if (root.isPresent()) {
      for (var one : all) {
        draft.artifacts = StageResults.artifacts(draft.artifacts, one, root.get());
      }
    }
    use(gpuSeconds);
  }

  private void end(RunStatus ended) {
    draft.progress = null;
    draft.run = tried(ended).finished(now);
  }

  private void use(long gpuSeconds) {
    if (gpuSeconds > 0 || draft.usage != null || draft.run != null) {
      draft.usage =
          StageResults.usage(draft.usage, gpuSeconds, runtime.map(RuntimeSpec::cost).orElse(null));
    }
  }

  private String count(GenerationJobStatus.Samples samples) {
    return "%d of %d %s drawn, %d blocked"
        .formatted(samples.produced(), samples.requested(), what, samples.blocked());
  }

  private static boolean clips(GenerationJob job, Optional<RuntimeSpec> runtime) {
    return job.getSpec() != null
        && runtime.filter(found -> GenerationModel.clips(job.getSpec(), found)).isPresent();
  }
}
