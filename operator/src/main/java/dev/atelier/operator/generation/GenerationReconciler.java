package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.GenerationJobStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Deletion;
import dev.atelier.operator.job.Eraser;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Leftovers;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeSources;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageSources;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.relay.Relays;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.operator.shared.StatusPatch;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the pictures of a GenerationJob once. */
@ControllerConfiguration(name = "generationjob")
public final class GenerationReconciler
    implements Reconciler<GenerationJob>, Cleaner<GenerationJob> {

  private static final String KIND = "GenerationJob";

  private final OperatorSettings settings;
  private final Events events;
  private final StageMetrics metrics;
  private final ErasureMetrics erasures;
  private final Clock clock;
  private final Relays relays;
  private final ModelSources models;
  private @Nullable StageSources<GenerationJob> sources;

  /** A reconciler for every GenerationJob. */
  public GenerationReconciler(
      Relays relays,
      OperatorSettings settings,
      Events events,
      StageMetrics metrics,
      ErasureMetrics erasures,
      Clock clock) {
    this.relays = relays;
    this.models = new ModelSources(relays);
    this.settings = settings;
    this.events = events;
    this.metrics = metrics;
    this.erasures = erasures;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, GenerationJob>> prepareEventSources(
      EventSourceContext<GenerationJob> context) {
    var stages =
        new StageSources<>(
            GenerationJob.class, "GenerationJob", settings.progressInterval(), context);
    sources = stages;
    var all = new ArrayList<>(stages.all(context.getClient()));
    all.add(relays.jobs().feed(context));
    all.addAll(models.all(context));
    all.add(
        RuntimeSources.of(
            GenerationJob.class,
            job ->
                GenerationObserved.runtimeOf(job, models.model(job)).map(Set::of).orElse(Set.of()),
            context));
    return all;
  }

  @Override
  public UpdateControl<GenerationJob> reconcile(GenerationJob job, Context<GenerationJob> context) {
    var now = clock.instant();
    var seen = observed(job, context);
    var decision = GenerationDecision.of(job, seen, settings.eraseRetry(), now);
    var next = NextGenerationStatus.of(job, seen, decision, settings.progressInterval(), now);
    var before = conditions(job);
    // The attempt is on record before its Job exists: a crash in between starts nothing twice.
    boolean news = StatusPatch.write(job, next, context);
    if (news) {
      count(job, seen, decision);
    }
    try {
      act(job, seen, decision, context);
      tidy(GenerationLeftovers.of(job, seen, decision, now), context);
    } catch (Refusal e) {
      return refused(job, next, e, context);
    }
    if (news) {
      events.phase(job, before, next.conditions());
    }
    return GenerationRecheck.after(job, seen, decision, now)
        .map(delay -> UpdateControl.<GenerationJob>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  /** Nothing wakes the resource when whoever refuses its child changes their mind. */
  private UpdateControl<GenerationJob> refused(
      GenerationJob job,
      GenerationJobStatus next,
      Refusal refusal,
      Context<GenerationJob> context) {
    var before = conditions(job);
    job.setStatus(next);
    var refused =
        NextGenerationStatus.leaving(job, Reason.PodRefused, refusal.said(), clock.instant());
    if (StatusPatch.write(job, refused, context)) {
      events.phase(job, before, refused.conditions());
    }
    return UpdateControl.<GenerationJob>noUpdate().rescheduleAfter(Refusal.RECHECK);
  }

  @Override
  public DeleteControl cleanup(GenerationJob job, Context<GenerationJob> context) {
    var seen = observed(job, context);
    var status = job.getStatus();
    var step =
        new Deletion(events, erasures, settings.eraseRetry(), clock)
            .next(
                job,
                status != null && status.run() != null,
                seen.jobs(),
                seen.runtime().map(DiffusionRuntime::getSpec),
                image(seen),
                children(context));
    if (step instanceof Deletion.Step.NotYet later) {
      var next =
          NextGenerationStatus.leaving(job, later.reason(), later.message(), clock.instant());
      if (StatusPatch.write(job, next, context)) {
        events.phase(job, conditions(job), next.conditions());
      }
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(later.recheck().toMillis());
    }
    return DeleteControl.defaultDelete();
  }

  private void act(
      GenerationJob job,
      GenerationObserved seen,
      GenerationDecision decision,
      Context<GenerationJob> context) {
    var children = children(context);
    if (decision instanceof GenerationDecision.Launch launch) {
      manifests(job, seen, launch.run()).ifPresent(children::apply);
    } else if (decision instanceof GenerationDecision.Follow follow) {
      var name = StageKey.of(Owner.of(job), Stage.SAMPLE, follow.run()).jobName();
      if (follow.state() instanceof StageState.Waiting waiting && waiting.misses(name)) {
        manifests(job, seen, follow.run()).ifPresent(children::restore);
      }
    } else if (decision instanceof GenerationDecision.Suspend suspend) {
      children.stop(seen.jobs(), suspend.jobs());
    } else if (decision instanceof GenerationDecision.Forget forget) {
      var owner = Owner.of(job);
      var key = StageKey.of(owner, Stage.ERASE, forget.run());
      var stopped = StageKey.of(owner, Stage.SAMPLE, forget.run());
      new Eraser(children, seen.jobs(), key, stopped, seen.runtime(), image(seen), "ConsentExpired")
          .take(forget.step());
    } else if (decision instanceof GenerationDecision.Expire) {
      context.getClient().resource(job).delete();
    }
  }

  private void tidy(Leftovers leftovers, Context<GenerationJob> context) {
    var children = children(context);
    leftovers.due().forEach(children::discard);
  }

  private Children children(Context<GenerationJob> context) {
    return new Children(context.getClient(), settings.isolation());
  }

  private Optional<StageChildren> manifests(
      GenerationJob job, GenerationObserved seen, RunStatus run) {
    return seen.runtime()
        .map(DiffusionRuntime::getSpec)
        .map(runtime -> GenerationManifests.of(job, seen.model(), runtime, run, image(seen)));
  }

  private void count(GenerationJob job, GenerationObserved seen, GenerationDecision decision) {
    if (decision instanceof GenerationDecision.Finish finish) {
      ended(job, seen, finish.run(), StageMetrics.SUCCEEDED, finish.gpuSeconds());
      finish.words().forEach(words -> metrics.said(KIND, Stage.SAMPLE, words));
    } else if (decision instanceof GenerationDecision.Fail fail) {
      ended(job, seen, fail.run(), fail.reason().name(), fail.gpuSeconds());
      fail.words().forEach(words -> metrics.said(KIND, Stage.SAMPLE, words));
    } else if (decision instanceof GenerationDecision.Suspend suspend) {
      metrics.used(KIND, Stage.SAMPLE, suspend.gpuSeconds());
    } else if (decision instanceof GenerationDecision.Forget forget) {
      metrics.used(KIND, Stage.SAMPLE, forget.gpuSeconds());
      count(job, forget.step());
    }
  }

  private void count(GenerationJob job, Erasure step) {
    var uid = job.getMetadata().getUid();
    if (step instanceof Erasure.Done) {
      erasures.ended(KIND, uid, Reason.Erased.name());
    } else {
      var since = GenerationConsent.erasingSince(job.getStatus());
      erasures.pending(uid, since.orElse(clock.instant()));
    }
  }

  private void ended(
      GenerationJob job, GenerationObserved seen, RunStatus run, String result, long gpuSeconds) {
    var name = StageKey.of(Owner.of(job), Stage.SAMPLE, run).jobName();
    metrics.stageEnded(KIND, Stage.SAMPLE, result, seen.jobs().times(name));
    metrics.used(KIND, Stage.SAMPLE, gpuSeconds);
    metrics.runEnded(KIND, result);
  }

  private String image(GenerationObserved seen) {
    return seen.runtime().map(runtime -> runtime.getSpec().image()).orElse(settings.runtimeImage());
  }

  private GenerationObserved observed(GenerationJob job, Context<GenerationJob> context) {
    var jobs = Objects.requireNonNull(sources).seen(job, context, clock.instant());
    return GenerationObserved.of(job, models.model(job), jobs, context);
  }

  private static List<Condition> conditions(GenerationJob job) {
    return job.getStatus() == null ? List.of() : job.getStatus().conditions();
  }
}
