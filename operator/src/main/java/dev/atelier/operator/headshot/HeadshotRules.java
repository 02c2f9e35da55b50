package dev.atelier.operator.headshot;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.headshot.HeadshotDecision.Fail;
import dev.atelier.operator.headshot.HeadshotDecision.Finish;
import dev.atelier.operator.headshot.HeadshotDecision.Follow;
import dev.atelier.operator.headshot.HeadshotDecision.Forget;
import dev.atelier.operator.headshot.HeadshotDecision.Launch;
import dev.atelier.operator.headshot.HeadshotDecision.Rest;
import dev.atelier.operator.headshot.HeadshotDecision.Supersede;
import dev.atelier.operator.headshot.HeadshotDecision.Suspend;
import dev.atelier.operator.headshot.HeadshotDecision.Wait;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.stage.ExitCode;
import dev.atelier.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a HeadshotModel's life, from top to bottom in the order of their weight. */
final class HeadshotRules {

  private final HeadshotSpec spec;
  private final @Nullable HeadshotStatus status;
  private final long generation;
  private final HeadshotObserved seen;
  private final Duration erasePause;
  private final Instant now;
  private final Owner owner;

  HeadshotRules(HeadshotModel model, HeadshotObserved seen, Duration erasePause, Instant now) {
    this.spec = model.getSpec().withDefaults();
    this.status = model.getStatus();
    this.generation = Objects.requireNonNullElse(model.getMetadata().getGeneration(), 0L);
    this.seen = seen;
    this.erasePause = erasePause;
    this.now = now;
    this.owner = Owner.of(model);
  }

  HeadshotDecision decide() {
    if (HeadshotConsent.ended(spec, now)) {
      return forget();
    }
    if (rests()) {
      return new Rest();
    }
    var run = run();
    var job = StageKey.of(owner, HeadshotStages.of(run), run).jobName();
    var superseded = seen.jobs().alive().stream().filter(name -> !name.equals(job)).toList();
    if (!superseded.isEmpty()) {
      return new Supersede(superseded);
    }
    if (spec.suspend()) {
      return new Suspend(seen.jobs().alive());
    }
    return RuntimeAccess.obstacle(spec.runtimeRef().name(), seen.runtime(), owner.namespace())
        .<HeadshotDecision>map(found -> new Wait(found.reason(), found.message()))
        .orElseGet(() -> step(run, job));
  }

  private HeadshotDecision step(RunStatus run, String job) {
    var state = seen.jobs().state(job);
    if (state instanceof StageState.Absent) {
      return seen.jobs().quiet()
          ? launch(run, "starting", 0)
          : new Follow(run, new StageState.Stopping());
    }
    if (state instanceof StageState.Done done) {
      return done.words().isEmpty()
          ? launch(again(run, Optional.empty()), "the result of the last attempt got lost", 0)
          : finish(run, done, job);
    }
    if (state instanceof StageState.Broken broken) {
      return broken(run, broken, seen.jobs().gpuSeconds(job));
    }
    return new Follow(run, state);
  }

  private HeadshotDecision finish(RunStatus run, StageState.Done done, String job) {
    var words = done.words().get(0);
    long gpuSeconds = seen.jobs().gpuSeconds(job);
    var evaluation = words.evaluation();
    return evaluation != null && evaluation.gate().equals("Failed")
        ? new Fail(run, Reason.GateFailed, words.message(), Optional.of(words), gpuSeconds)
        : new Finish(run, words, gpuSeconds);
  }

  /** Memory and divergence get one more chance each, with gentler settings. */
  private HeadshotDecision broken(RunStatus run, StageState.Broken broken, long gpuSeconds) {
    var cure = broken.exit().flatMap(this::cure).filter(one -> !run.adjustments().contains(one));
    return cure.<HeadshotDecision>map(
            one -> launch(again(run, Optional.of(one)), because(one, broken.message()), gpuSeconds))
        .orElseGet(
            () -> new Fail(run, broken.reason(), broken.message(), broken.words(), gpuSeconds));
  }

  private Optional<Adjustment> cure(ExitCode exit) {
    return switch (exit) {
      case OUT_OF_MEMORY ->
          spec.training().batchSize() > 1 ? Optional.of(Adjustment.HalfBatch) : Optional.empty();
      case DIVERGED -> Optional.of(Adjustment.HalfLearningRate);
      default -> Optional.empty();
    };
  }

  private static String because(Adjustment adjustment, String message) {
    return adjustment == Adjustment.HalfBatch
        ? "trying once more with half the batch: " + message
        : "trying once more with half the learning rate: " + message;
  }

  private HeadshotDecision launch(RunStatus run, String because, long gpuSecondsBefore) {
    var stage = HeadshotStages.of(run);
    long limit = spec.limits().maxGpuSeconds();
    boolean onGpu =
        seen.runtime().map(found -> StageGpus.of(stage, found.getSpec()) > 0).orElse(false);
    if (onGpu && limit > 0 && HeadshotUsage.gpuSeconds(status) + gpuSecondsBefore >= limit) {
      return new Fail(
          run,
          Reason.BudgetExceeded,
          "the run used its %d GPU seconds; raise spec.limits.maxGpuSeconds to go on"
              .formatted(limit),
          Optional.empty(),
          gpuSecondsBefore);
    }
    return new Launch(run, because, gpuSecondsBefore);
  }

  private HeadshotDecision forget() {
    if (status == null || status.run() == null) {
      return new Forget(HeadshotConsent.nothingToErase(owner));
    }
    if (ConditionSet.isTrue(status.conditions(), ConditionType.PhotosErased)
        && HeadshotConsent.saidSo(status)) {
      return new Rest();
    }
    var run = status.run();
    return new Forget(
        Erasure.next(StageKey.of(owner, Stage.ERASE, run), seen.jobs(), erasePause, now));
  }

  /** Whether this generation of the run came to its end. */
  private boolean rests() {
    if (status == null || status.run() == null || status.run().finishedAt() == null) {
      return false;
    }
    return status.run().nonce() >= spec.runNonce() && (!halted() || answered());
  }

  private boolean halted() {
    return status != null && ConditionSet.isTrue(status.conditions(), ConditionType.Stalled);
  }

  private boolean answered() {
    return status != null && Objects.equals(status.observedGeneration(), generation);
  }

  /** The run to go on with; a spec that was changed after a failure gets another attempt. */
  private RunStatus run() {
    var known = status == null ? null : status.run();
    if (known == null || known.nonce() < spec.runNonce()) {
      return new RunStatus(
          StageKey.runId(owner, spec.runNonce()),
          spec.runNonce(),
          1,
          List.of(),
          HeadshotStages.first().title(),
          now,
          null);
    }
    if (known.finishedAt() != null) {
      boolean erased = status != null && HeadshotConsent.saidSo(status);
      return new RunStatus(
          known.id(),
          known.nonce(),
          known.attempt() + 1,
          List.of(),
          erased ? HeadshotStages.first().title() : known.stage(),
          known.startedAt(),
          null);
    }
    return known;
  }

  private static RunStatus again(RunStatus run, Optional<Adjustment> adjustment) {
    var adjustments = new ArrayList<>(run.adjustments());
    adjustment.ifPresent(adjustments::add);
    return new RunStatus(
        run.id(), run.nonce(), run.attempt() + 1, adjustments, run.stage(), run.startedAt(), null);
  }
}
