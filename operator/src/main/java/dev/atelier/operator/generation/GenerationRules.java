package dev.atelier.operator.generation;

import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Fail;
import dev.atelier.operator.generation.GenerationDecision.Finish;
import dev.atelier.operator.generation.GenerationDecision.Follow;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.generation.GenerationDecision.Suspend;
import dev.atelier.operator.generation.GenerationDecision.Wait;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a GenerationJob's life. */
final class GenerationRules {

  private final GenerationJobSpec spec;
  private final @Nullable GenerationJobStatus status;
  private final GenerationObserved seen;
  private final Instant now;
  private final Owner owner;

  GenerationRules(GenerationJob job, GenerationObserved seen, Instant now) {
    this.spec = job.getSpec();
    this.status = job.getStatus();
    this.seen = seen;
    this.now = now;
    this.owner = Owner.of(job);
  }

  GenerationDecision decide() {
    var run = run();
    var finishedAt = run.finishedAt();
    if (finishedAt != null) {
      return finished(finishedAt);
    }
    if (spec.suspend()) {
      return new Suspend(seen.jobs().alive());
    }
    return GenerationModel.obstacle(spec, seen, owner.namespace())
        .<GenerationDecision>map(found -> new Wait(found.reason(), found.message()))
        .orElseGet(() -> step(run));
  }

  private GenerationDecision finished(Instant at) {
    var ttl = spec.ttlSecondsAfterFinished();
    if (ttl == null) {
      return new Rest(Duration.ZERO);
    }
    var left = Duration.between(now, at.plusSeconds(ttl));
    return left.isNegative() || left.isZero() ? new Expire() : new Rest(left);
  }

  private GenerationDecision step(RunStatus run) {
    var job = StageKey.of(owner, Stage.SAMPLE, run).jobName();
    var state = seen.jobs().state(job);
    long gpuSeconds = seen.jobs().gpuSeconds(job);
    if (state instanceof StageState.Absent) {
      return seen.jobs().quiet()
          ? new Launch(run, "starting")
          : new Follow(new StageState.Stopping());
    }
    if (state instanceof StageState.Done done) {
      return done.words().size() < spec.parallelism()
          ? new Launch(again(run), "the result of the last attempt got lost; starting")
          : done(run, done, gpuSeconds);
    }
    if (state instanceof StageState.Broken broken) {
      return new Fail(
          run, broken.reason(), broken.message(), broken.words().stream().toList(), gpuSeconds);
    }
    return new Follow(state);
  }

  private static GenerationDecision done(RunStatus run, StageState.Done done, long gpuSeconds) {
    return done.words().stream()
        .filter(GenerationRules::gateFailed)
        .findFirst()
        .<GenerationDecision>map(
            words -> new Fail(run, Reason.GateFailed, words.message(), done.words(), gpuSeconds))
        .orElseGet(() -> new Finish(run, done.words(), gpuSeconds));
  }

  private static boolean gateFailed(TerminationMessage words) {
    var evaluation = words.evaluation();
    return evaluation != null && evaluation.gate().equals("Failed");
  }

  private RunStatus run() {
    return status != null && status.run() != null
        ? status.run()
        : new RunStatus(
            StageKey.runId(owner, 0), 0L, 1, List.of(), Stage.SAMPLE.title(), now, null);
  }

  private static RunStatus again(RunStatus run) {
    return new RunStatus(
        run.id(),
        run.nonce(),
        run.attempt() + 1,
        run.adjustments(),
        run.stage(),
        run.startedAt(),
        null);
  }
}
