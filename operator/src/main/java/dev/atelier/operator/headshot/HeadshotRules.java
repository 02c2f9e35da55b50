package dev.atelier.operator.headshot;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
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
import dev.atelier.operator.headshot.HeadshotDecision.Move;
import dev.atelier.operator.headshot.HeadshotDecision.Rest;
import dev.atelier.operator.headshot.HeadshotDecision.Spent;
import dev.atelier.operator.headshot.HeadshotDecision.Supersede;
import dev.atelier.operator.headshot.HeadshotDecision.Suspend;
import dev.atelier.operator.headshot.HeadshotDecision.Wait;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.shared.UnknownValues;
import dev.atelier.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a HeadshotModel's life, from top to bottom in the order of their weight. */
final class HeadshotRules {

  private static final Duration RECHECK = Duration.ofSeconds(30);

  private final HeadshotSpec spec;
  private final @Nullable HeadshotStatus status;
  private final long generation;
  private final HeadshotObserved seen;
  private final Duration erasePause;
  private final Instant now;
  private final Owner owner;
  private final Optional<String> unknown;

  HeadshotRules(HeadshotModel model, HeadshotObserved seen, Duration erasePause, Instant now) {
    this.spec = model.getSpec().withDefaults();
    this.status = model.getStatus();
    this.generation = Objects.requireNonNullElse(model.getMetadata().getGeneration(), 0L);
    this.seen = seen;
    this.erasePause = erasePause;
    this.now = now;
    this.owner = Owner.of(model);
    this.unknown = UnknownValues.of(model);
  }

  HeadshotDecision decide() {
    if (HeadshotConsent.ended(spec, now)) {
      return forget();
    }
    if (rests()) {
      return new Rest();
    }
    var moving = moving();
    if (moving.isPresent()) {
      return new Move(moving.get());
    }
    var run = HeadshotRuns.next(owner, spec, status, now);
    var job = StageKey.of(owner, HeadshotStages.of(run), run).jobName();
    var superseded = seen.jobs().alive().stream().filter(name -> !name.equals(job)).toList();
    if (!superseded.isEmpty()) {
      return new Supersede(superseded);
    }
    if (spec.suspend()) {
      return suspend(run);
    }
    return RuntimeAccess.missing(spec.runtimeRef().name(), seen.runtime())
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
      return done.words().isEmpty() ? lost(run) : finish(run, done, job);
    }
    if (state instanceof StageState.Broken broken) {
      return broken(run, overBudget(broken, job), seen.jobs().gpuSeconds(job, gpus(run)));
    }
    return new Follow(run, state);
  }

  /** The Job is done, but its pods were removed before anyone read what they had to say. */
  private HeadshotDecision lost(RunStatus run) {
    return run.attempt() > spec.limits().retries()
        ? new Fail(
            run,
            Reason.RetriesExhausted,
            "the pods of %s are removed before their result can be read; see what deletes finished pods in this cluster"
                .formatted(HeadshotStages.of(run).title()),
            Optional.empty(),
            0)
        : launch(
            run.again(run.adjustments()), "the result of the last attempt got lost; starting", 0);
  }

  private HeadshotDecision finish(RunStatus run, StageState.Done done, String job) {
    var words = done.words().get(0);
    long gpuSeconds = seen.jobs().gpuSeconds(job, gpus(run));
    var evaluation = words.evaluation();
    return evaluation != null && evaluation.gate().equals("Failed")
        ? new Fail(run, Reason.GateFailed, words.message(), Optional.of(words), gpuSeconds)
        : new Finish(run, words, gpuSeconds);
  }

  /** A deadline that the budget cut short is the budget's end. */
  private StageState.Broken overBudget(StageState.Broken broken, String job) {
    boolean cut =
        broken.reason() == Reason.DeadlineExceeded
            && seen.jobs()
                .job(job)
                .map(found -> found.getSpec().getActiveDeadlineSeconds())
                .filter(seconds -> seconds < spec.limits().activeDeadlineSeconds())
                .isPresent();
    return cut
        ? new StageState.Broken(Reason.BudgetExceeded, budgetUsed(), broken.exit(), broken.words())
        : broken;
  }

  /** Memory and divergence get one more chance each, with gentler settings. */
  private HeadshotDecision broken(RunStatus run, StageState.Broken broken, long gpuSeconds) {
    return HeadshotRuns.cure(run, spec, broken.exit())
        .<HeadshotDecision>map(
            cure ->
                launch(
                    run.again(HeadshotRuns.with(run.adjustments(), cure)),
                    because(cure, broken.message()),
                    gpuSeconds))
        .orElseGet(
            () -> new Fail(run, broken.reason(), broken.message(), broken.words(), gpuSeconds));
  }

  private static String because(Adjustment adjustment, String message) {
    return adjustment == Adjustment.HalfBatch
        ? "trying once more with half the batch (%s):".formatted(message)
        : "trying once more with half the learning rate (%s):".formatted(message);
  }

  private HeadshotDecision launch(RunStatus run, String because, long gpuSeconds) {
    if (unknown.isPresent()) {
      return new Wait(Reason.NotSupported, unknown.get());
    }
    var obstacle =
        RuntimeAccess.obstacle(spec.runtimeRef().name(), seen.runtime(), owner.namespace());
    if (obstacle.isPresent()) {
      return new Wait(obstacle.get().reason(), obstacle.get().message());
    }
    long limit = spec.limits().maxGpuSeconds();
    long used = HeadshotUsage.gpuSeconds(status, run) + gpuSeconds;
    return gpus(run) > 0 && limit > 0 && used >= limit
        ? new Fail(run, Reason.BudgetExceeded, budgetUsed(), Optional.empty(), gpuSeconds)
        : new Launch(run, because, new Spent(gpuSeconds, used));
  }

  private String budgetUsed() {
    return "the run used its %d GPU seconds; raise spec.limits.maxGpuSeconds to go on"
        .formatted(spec.limits().maxGpuSeconds());
  }

  private Suspend suspend(RunStatus run) {
    boolean counted =
        status != null && ConditionSet.isTrue(status.conditions(), ConditionType.Suspended);
    long gpuSeconds = counted ? 0 : seen.jobs().stoppableGpuSeconds(gpus(run));
    return new Suspend(seen.jobs().alive(), gpuSeconds);
  }

  private HeadshotDecision forget() {
    var run = status == null ? null : status.run();
    if (status == null || run == null) {
      return new Forget(HeadshotConsent.nothingToErase(owner));
    }
    if (ConditionSet.isTrue(status.conditions(), ConditionType.PhotosErased)
        && HeadshotConsent.saidSo(status)) {
      return new Rest();
    }
    return new Forget(
        erasure(
            run, Objects.requireNonNullElse(spec.subject().consent().expiresAt(), Instant.EPOCH)));
  }

  /** The erasure of an earlier run's files, as long as they lie in another storage. */
  private Optional<Erasure> moving() {
    var former = status == null ? null : status.run();
    if (former == null
        || former.nonce() >= spec.runNonce()
        || former.runtime() == null
        || former.runtime().equals(spec.runtimeRef().name())) {
      return Optional.empty();
    }
    return Optional.of(erasure(former, now)).filter(step -> !(step instanceof Erasure.Done));
  }

  private Erasure erasure(RunStatus run, Instant since) {
    var step =
        Erasure.next(
            StageKey.of(owner, Stage.ERASE, run),
            seen.jobs(),
            Erasure.pause(erasePause, since, now),
            now);
    return step instanceof Erasure.Launch && seen.home().isEmpty()
        ? new Erasure.Failed(
            "DiffusionRuntime '%s' is gone, and with it the knowledge where the files are; create it again"
                .formatted(Objects.requireNonNullElse(run.runtime(), spec.runtimeRef().name())),
            RECHECK)
        : step;
  }

  /** Whether this generation of the run came to its end. */
  private boolean rests() {
    if (status == null || status.run() == null || status.run().finishedAt() == null) {
      return false;
    }
    return status.run().nonce() >= spec.runNonce()
        && (holds(ConditionType.Ready) || (holds(ConditionType.Stalled) && answered()));
  }

  private boolean holds(ConditionType type) {
    return status != null && ConditionSet.isTrue(status.conditions(), type);
  }

  private boolean answered() {
    return status != null && Objects.equals(status.observedGeneration(), generation);
  }

  private int gpus(RunStatus run) {
    return seen.runtime()
        .map(DiffusionRuntime::getSpec)
        .map(runtime -> StageGpus.of(HeadshotStages.of(run), runtime))
        .orElse(0);
  }
}
