package dev.atelier.operator.run;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RunStatus.Adjustment;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.GateBounds;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeAccess;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.run.RunDecision.Fail;
import dev.atelier.operator.run.RunDecision.Finish;
import dev.atelier.operator.run.RunDecision.Follow;
import dev.atelier.operator.run.RunDecision.Forget;
import dev.atelier.operator.run.RunDecision.Launch;
import dev.atelier.operator.run.RunDecision.Move;
import dev.atelier.operator.run.RunDecision.Rest;
import dev.atelier.operator.run.RunDecision.Spent;
import dev.atelier.operator.run.RunDecision.Supersede;
import dev.atelier.operator.run.RunDecision.Suspend;
import dev.atelier.operator.run.RunDecision.Wait;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a run's life, from top to bottom in the order of their weight. */
final class RunRules {

  private final StagedSpec spec;
  private final @Nullable StagedStatus status;
  private final long generation;
  private final RunObserved seen;
  private final Duration erasePause;
  private final Instant now;
  private final Owner owner;
  private final Optional<String> unsupported;

  RunRules(Staged model, RunObserved seen, Duration erasePause, Instant now) {
    this.spec = model.spec();
    this.status = model.status();
    this.generation = model.generation();
    this.seen = seen;
    this.erasePause = erasePause;
    this.now = now;
    this.owner = model.owner();
    this.unsupported = model.unsupported();
  }

  RunDecision decide() {
    if (RunConsent.ended(spec, now)) {
      return forget();
    }
    if (rests()) {
      return new Rest();
    }
    var moving = moving();
    if (moving.isPresent()) {
      return new Move(moving.get());
    }
    var run = RunAttempts.next(owner, spec, status, now);
    var job = spec.key(owner, run).jobName();
    var superseded = seen.jobs().alive().stream().filter(name -> !name.equals(job)).toList();
    if (!superseded.isEmpty()) {
      return new Supersede(superseded);
    }
    if (spec.suspend()) {
      return suspend(run);
    }
    return RuntimeAccess.missing(spec.runtime(), seen.runtime())
        .<RunDecision>map(found -> new Wait(found.reason(), found.message()))
        .orElseGet(() -> step(run, job));
  }

  private RunDecision step(RunStatus run, String job) {
    var state = seen.jobs().state(job);
    if (state instanceof StageState.Absent) {
      return seen.jobs().quiet()
          ? launch(run, "starting", 0)
          : new Follow(run, new StageState.Stopping());
    }
    if (state instanceof StageState.Done done) {
      return result(run, done)
          .<RunDecision>map(words -> finish(run, words, job))
          .orElseGet(() -> lost(run));
    }
    if (state instanceof StageState.Broken broken) {
      return broken(run, overBudget(broken, job), seen.jobs().gpuSeconds(job, gpus(run)));
    }
    return new Follow(run, state);
  }

  /** The Job is done, but its pods were removed before anyone read what they had to say. */
  private RunDecision lost(RunStatus run) {
    return run.attempt() > spec.limits().retries()
        ? new Fail(
            run,
            Reason.RetriesExhausted,
            "the pods of %s are removed before their result can be read; see what deletes finished pods in this cluster"
                .formatted(spec.stage(run).title()),
            Optional.empty(),
            0)
        : launch(
            run.again(run.adjustments()), "the result of the last attempt got lost; starting", 0);
  }

  /** Of pods that share a stage the last one to publish tells of the whole, with artifacts. */
  private Optional<TerminationMessage> result(RunStatus run, StageState.Done done) {
    boolean shared = spec.stage(run) == Stage.PREPARE_VIDEO;
    return done.words().stream()
        .filter(words -> !shared || !words.artifacts().isEmpty())
        .findFirst();
  }

  private RunDecision finish(RunStatus run, TerminationMessage words, String job) {
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
  private RunDecision broken(RunStatus run, StageState.Broken broken, long gpuSeconds) {
    return RunAttempts.cure(run, spec, broken.exit())
        .<RunDecision>map(
            cure ->
                launch(
                    run.again(RunAttempts.with(run.adjustments(), cure)),
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

  private RunDecision launch(RunStatus run, String because, long gpuSeconds) {
    if (unsupported.isPresent()) {
      return new Wait(Reason.NotSupported, unsupported.get());
    }
    if (spec.nodes(spec.stage(run)) > 1 && !seen.jobSets()) {
      return new Wait(Reason.JobSetNotFound, jobSetMissing());
    }
    var obstacle =
        RuntimeAccess.obstacle(spec.runtime(), seen.runtime(), owner.namespace())
            .or(() -> seen.runtime().flatMap(this::openGate));
    if (obstacle.isPresent()) {
      return new Wait(obstacle.get().reason(), obstacle.get().message());
    }
    long limit = spec.limits().maxGpuSeconds();
    long used = RunUsage.gpuSeconds(status, run) + gpuSeconds;
    return gpus(run) > 0 && limit > 0 && used >= limit
        ? new Fail(run, Reason.BudgetExceeded, budgetUsed(), Optional.empty(), gpuSeconds)
        : new Launch(run, because, new Spent(gpuSeconds, used));
  }

  private Optional<RuntimeAccess.Obstacle> openGate(DiffusionRuntime runtime) {
    return GateBounds.obstacle(spec.gate(), runtime.getSpec().perception());
  }

  private String jobSetMissing() {
    return "spec.training.nodes is %d, which needs JobSet, and this cluster has none; install it (https://jobset.sigs.k8s.io), or train on one node"
        .formatted(spec.nodes());
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

  private RunDecision forget() {
    var run = status == null ? null : status.run();
    if (status == null || run == null) {
      return new Forget(RunConsent.nothingToErase(owner));
    }
    if (ConditionSet.isTrue(status.conditions(), ConditionType.PhotosErased)
        && RunConsent.saidSo(status)) {
      return new Rest();
    }
    return new Forget(erasure(run, spec.expiresAt().orElse(Instant.EPOCH)));
  }

  /** The erasure of an earlier run's files, as long as they lie in another storage. */
  private Optional<Erasure> moving() {
    var former = status == null ? null : status.run();
    if (former == null
        || former.nonce() >= spec.runNonce()
        || former.runtime() == null
        || former.runtime().equals(spec.runtime())) {
      return Optional.empty();
    }
    return Optional.of(erasure(former, now)).filter(step -> !(step instanceof Erasure.Done));
  }

  private Erasure erasure(RunStatus run, Instant since) {
    return Erasure.next(
        StageKey.of(owner, Stage.ERASE, run),
        seen.jobs(),
        seen.home(),
        Objects.requireNonNullElse(run.runtime(), spec.runtime()),
        Erasure.pause(erasePause, since, now),
        now);
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
        .map(runtime -> spec.gpus(spec.stage(run), runtime))
        .orElse(0);
  }
}
