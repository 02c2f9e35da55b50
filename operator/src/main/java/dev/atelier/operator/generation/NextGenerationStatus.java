package dev.atelier.operator.generation;

import static dev.atelier.api.ConditionType.Complete;
import static dev.atelier.api.ConditionType.Failed;
import static dev.atelier.api.ConditionType.Ready;
import static dev.atelier.api.ConditionType.Stalled;
import static dev.atelier.api.ConditionType.Suspended;

import dev.atelier.api.ArtifactStatus;
import dev.atelier.api.ConditionSet;
import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.ProgressStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeSpec;
import dev.atelier.api.UsageStatus;
import dev.atelier.operator.generation.GenerationDecision.Fail;
import dev.atelier.operator.generation.GenerationDecision.Finish;
import dev.atelier.operator.generation.GenerationDecision.Follow;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Suspend;
import dev.atelier.operator.generation.GenerationDecision.Wait;
import dev.atelier.operator.job.ProgressNews;
import dev.atelier.operator.job.StageResults;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.job.StoreRoot;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next status of a GenerationJob: a pure function of what is and what was decided. */
final class NextGenerationStatus {

  private final Optional<RuntimeSpec> runtime;
  private final Duration progressInterval;
  private final Instant now;
  private final @Nullable GenerationJobStatus present;
  private final String what;
  private ConditionSet conditions;
  private @Nullable RunStatus run;
  private GenerationJobStatus.@Nullable Samples samples;
  private @Nullable ProgressStatus progress;
  private @Nullable EvaluationStatus evaluation;
  private List<ArtifactStatus> artifacts;
  private @Nullable UsageStatus usage;

  private NextGenerationStatus(
      GenerationJob job, Optional<RuntimeSpec> runtime, Duration progressInterval, Instant now) {
    this.runtime = runtime;
    this.progressInterval = progressInterval;
    this.now = now;
    this.present = job.getStatus();
    this.what = clips(job, runtime) ? "clips" : "pictures";
    this.conditions =
        ConditionSet.of(present == null ? List.of() : present.conditions(), generation(job), now);
    this.run = present == null ? null : present.run();
    this.samples = present == null ? null : present.samples();
    this.progress = present == null ? null : present.progress();
    this.evaluation = present == null ? null : present.evaluation();
    this.artifacts = present == null ? List.of() : present.artifacts();
    this.usage = present == null ? null : present.usage();
  }

  /** The status after the decision. */
  static GenerationJobStatus of(
      GenerationJob job,
      GenerationObserved seen,
      GenerationDecision decision,
      Duration progressInterval,
      Instant now) {
    var next =
        new NextGenerationStatus(
            job, seen.runtime().map(found -> found.getSpec()), progressInterval, now);
    next.answer(decision);
    return next.build(generation(job));
  }

  /** The status of a resource that is being deleted. */
  static GenerationJobStatus leaving(
      GenerationJob job, Reason reason, String message, Instant now) {
    var next = new NextGenerationStatus(job, Optional.empty(), Duration.ZERO, now);
    next.ready(reason, message);
    if (reason == Reason.EraseFailed) {
      next.conditions = next.conditions.yes(Stalled, reason, message);
    }
    return next.build(generation(job));
  }

  private void answer(GenerationDecision decision) {
    if (decision instanceof Wait wait) {
      wait(wait);
    } else if (decision instanceof Launch launch) {
      launch(launch);
    } else if (decision instanceof Follow follow) {
      resumed();
      follow(follow.state());
    } else if (decision instanceof Finish finish) {
      finish(finish);
    } else if (decision instanceof Fail fail) {
      fail(fail);
    } else if (decision instanceof Suspend suspend) {
      suspend(suspend);
    }
  }

  private void launch(Launch launch) {
    resumed();
    boolean again = launch.run().equals(run) && Refusal.holds(conditions);
    run = launch.run();
    progress = null;
    if (!again) {
      ready(Reason.Sampling, launch.because() + " to draw");
    }
  }

  private void wait(Wait wait) {
    ready(wait.reason(), wait.message());
    conditions =
        wait.forGood()
            ? conditions.yes(Stalled, wait.reason(), wait.message())
            : conditions.without(Stalled);
  }

  private void follow(StageState state) {
    if (state instanceof StageState.Waiting waiting) {
      ready(waiting.reason(), waiting.message());
    } else if (state instanceof StageState.Running running) {
      var news = ProgressNews.next(progress, running.progress(), progressInterval);
      news.ifPresent(said -> progress = said);
      ready(Reason.Sampling, news.map(ProgressNews::text).orElse("drawing"));
    } else if (state instanceof StageState.Ending) {
      ready(Reason.Pending, "the pods have ended; reading their result");
    } else {
      ready(Reason.Pending, "waiting for the last pod to end");
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
            .orElseGet(() -> count(Objects.requireNonNull(samples)));
    conditions =
        conditions.yes(Ready, Reason.Published, message).yes(Complete, Reason.Published, message);
  }

  private void fail(Fail fail) {
    record(fail.words(), fail.gpuSeconds());
    end(fail.run());
    int produced = samples == null ? 0 : samples.produced();
    var message =
        produced == 0
            ? fail.message()
            : "%s; %d %s are drawn and kept".formatted(fail.message(), produced, what);
    ready(fail.reason(), message);
    conditions =
        conditions
            .no(Complete, fail.reason(), message)
            .yes(Failed, fail.reason(), message)
            .yes(Stalled, fail.reason(), message);
  }

  private void suspend(Suspend suspend) {
    var message =
        suspend.jobs().isEmpty()
            ? "spec.suspend is true; set it to false to go on"
            : "spec.suspend is true; finished %s are kept".formatted(what);
    conditions = conditions.yes(Suspended, Reason.Suspended, message);
    use(suspend.gpuSeconds());
    ready(Reason.Suspended, message);
  }

  private void record(List<TerminationMessage> all, long gpuSeconds) {
    var words = new GenerationWords(all);
    if (all.stream().anyMatch(one -> one.samples() != null)) {
      samples = words.samples();
    }
    words.evaluation().ifPresent(measured -> evaluation = measured);
    var root = runtime.map(RuntimeSpec::storage).map(StoreRoot::of);
    if (root.isPresent()) {
      for (var one : all) {
        artifacts = StageResults.artifacts(artifacts, one, root.get());
      }
    }
    use(gpuSeconds);
  }

  private void end(RunStatus ended) {
    progress = null;
    run = ended.finished(now);
  }

  private void ready(Reason reason, String message) {
    conditions = conditions.no(Ready, reason, message);
  }

  private void use(long gpuSeconds) {
    if (gpuSeconds > 0 || usage != null || run != null) {
      usage = StageResults.usage(usage, gpuSeconds, runtime.map(RuntimeSpec::cost).orElse(null));
    }
  }

  private void resumed() {
    conditions = conditions.without(Stalled);
    if (conditions.isTrue(Suspended)) {
      conditions = conditions.no(Suspended, Reason.Resumed, "spec.suspend is false again");
    }
  }

  private GenerationJobStatus build(long generation) {
    return new GenerationJobStatus(
        generation,
        conditions.toList(),
        run,
        samples,
        progress,
        evaluation,
        artifacts,
        present == null ? null : present.feedback(),
        usage);
  }

  private String count(GenerationJobStatus.Samples samples) {
    return "%d of %d %s drawn, %d blocked"
        .formatted(samples.produced(), samples.requested(), what, samples.blocked());
  }

  private static boolean clips(GenerationJob job, Optional<RuntimeSpec> runtime) {
    return job.getSpec() != null
        && runtime.filter(found -> GenerationModel.clips(job.getSpec(), found)).isPresent();
  }

  private static long generation(GenerationJob job) {
    return Objects.requireNonNullElse(job.getMetadata().getGeneration(), 0L);
  }
}
