package dev.atelier.operator.generation;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.ModelRef;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.generation.GenerationDecision.Expire;
import dev.atelier.operator.generation.GenerationDecision.Fail;
import dev.atelier.operator.generation.GenerationDecision.Finish;
import dev.atelier.operator.generation.GenerationDecision.Follow;
import dev.atelier.operator.generation.GenerationDecision.Forget;
import dev.atelier.operator.generation.GenerationDecision.Launch;
import dev.atelier.operator.generation.GenerationDecision.Rest;
import dev.atelier.operator.generation.GenerationDecision.Suspend;
import dev.atelier.operator.generation.GenerationDecision.Wait;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeAccess.Obstacle;
import dev.atelier.operator.job.StageGpus;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.shared.UnknownValues;
import dev.atelier.stage.Stage;
import dev.atelier.stage.TerminationMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of a GenerationJob's life. */
final class GenerationRules {

  /** A resource that Argo CD keeps would come back at once, and be drawn again. */
  private static final String ARGO = "argocd.argoproj.io/tracking-id";

  private final GenerationJobSpec spec;
  private final @Nullable GenerationJobStatus status;
  private final GenerationObserved seen;
  private final Duration erasePause;
  private final Instant now;
  private final Owner owner;
  private final Optional<String> unknown;
  private final boolean tracked;

  GenerationRules(GenerationJob job, GenerationObserved seen, Duration erasePause, Instant now) {
    this.spec = job.getSpec();
    this.status = job.getStatus();
    this.seen = seen;
    this.erasePause = erasePause;
    this.now = now;
    this.owner = Owner.of(job);
    this.unknown = UnknownValues.of(job);
    this.tracked = annotated(job, ARGO);
  }

  private static boolean annotated(GenerationJob job, String name) {
    var annotations = job.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(name);
  }

  GenerationDecision decide() {
    var run = run();
    var ended = consentEnded(run);
    if (ended.isPresent()) {
      return forget(run, ended.get());
    }
    var finishedAt = run.finishedAt();
    if (finishedAt != null) {
      return finished(finishedAt);
    }
    if (spec.suspend()) {
      return suspend();
    }
    return started() ? step(run) : launch(run, "starting");
  }

  /** Without a run nothing was drawn: whoever waits may still wait for a renewed consent. */
  private Optional<String> consentEnded(RunStatus run) {
    return status == null || status.run() == null || GenerationConsent.erased(status)
        ? Optional.empty()
        : GenerationConsent.erasing(status)
            .or(() -> GenerationConsent.ended(spec, run, seen.model(), now));
  }

  private Forget forget(RunStatus run, String why) {
    var since = GenerationConsent.erasingSince(status).orElse(now);
    return new Forget(
        run,
        why,
        Erasure.next(
            StageKey.of(owner, Stage.ERASE, run),
            seen.jobs(),
            seen.runtime(),
            Objects.requireNonNullElse(run.runtime(), ""),
            Erasure.pause(erasePause, since, now),
            now),
        GenerationConsent.erasing(status).isPresent()
            ? 0
            : seen.jobs().stoppableGpuSeconds(gpus()));
  }

  private boolean started() {
    return status != null && status.run() != null && seen.runtime().isPresent();
  }

  /** Obstacles keep pods from starting; those that run are followed whatever happens. */
  private GenerationDecision launch(RunStatus run, String because) {
    return unknown
        .map(values -> new Obstacle(Reason.NotSupported, values))
        .or(this::disagreed)
        .or(() -> GenerationModel.obstacle(spec, seen, owner.namespace()))
        .<GenerationDecision>map(found -> new Wait(found.reason(), found.message()))
        .orElseGet(() -> new Launch(run, because));
  }

  private Optional<Obstacle> disagreed() {
    return seen.model()
        .flatMap(model -> GenerationConsent.expired(model, now))
        .map(
            why ->
                new Obstacle(
                    Reason.ConsentExpired,
                    why + "; nothing is drawn unless its spec.subject.consent is renewed"));
  }

  private Suspend suspend() {
    boolean counted =
        status != null && ConditionSet.isTrue(status.conditions(), ConditionType.Suspended);
    long gpuSeconds = counted ? 0 : seen.jobs().stoppableGpuSeconds(gpus());
    return new Suspend(seen.jobs().alive(), gpuSeconds);
  }

  private GenerationDecision finished(Instant at) {
    var ttl = spec.ttlSecondsAfterFinished();
    if (ttl == null) {
      return new Rest(Duration.ZERO);
    }
    var left = Duration.between(now, at.plusSeconds(ttl));
    if (!left.isNegative() && !left.isZero()) {
      return new Rest(left);
    }
    return tracked ? new Rest(Duration.ZERO) : new Expire();
  }

  private GenerationDecision step(RunStatus run) {
    var job = StageKey.of(owner, Stage.SAMPLE, run).jobName();
    var state = seen.jobs().state(job);
    long gpuSeconds = seen.jobs().gpuSeconds(job, gpus());
    if (state instanceof StageState.Absent) {
      return seen.jobs().quiet()
          ? launch(run, "starting")
          : new Follow(run, new StageState.Stopping());
    }
    if (state instanceof StageState.Done done) {
      return done.words().size() < spec.parallelism()
          ? lost(run, gpuSeconds)
          : done(run, done, gpuSeconds);
    }
    if (state instanceof StageState.Broken broken) {
      return new Fail(run, broken.reason(), broken.message(), seen.jobs().words(job), gpuSeconds);
    }
    return new Follow(run, state);
  }

  /** The Job is done, but pods were removed before anyone read what they had to say. */
  private GenerationDecision lost(RunStatus run, long gpuSeconds) {
    return run.attempt() > spec.limits().retries()
        ? new Fail(
            run,
            Reason.RetriesExhausted,
            "the pods are removed before their result can be read; see what deletes finished pods in this cluster",
            List.of(),
            gpuSeconds)
        : launch(run.again(List.of()), "the result of the last attempt got lost; starting");
  }

  private int gpus() {
    return seen.runtime().map(runtime -> StageGpus.of(Stage.SAMPLE, runtime.getSpec())).orElse(0);
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
    if (status != null && status.run() != null) {
      return status.run();
    }
    var first =
        RunStatus.started(
            StageKey.runId(owner, 0),
            0,
            Stage.SAMPLE.title(),
            GenerationModel.runtime(spec.modelRef(), seen.model()).orElse(""),
            now);
    return seen.model()
        .filter(model -> model.kind() == ModelRef.Kind.HeadshotModel)
        .map(model -> first.with(model.uid()))
        .orElse(first);
  }
}
