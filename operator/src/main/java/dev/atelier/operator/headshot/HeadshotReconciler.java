package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.api.Reason;
import dev.atelier.api.RunStatus;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Deletion;
import dev.atelier.operator.job.EraseManifests;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.JobsSeen;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeSources;
import dev.atelier.operator.job.StageChildren;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageSources;
import dev.atelier.operator.job.StageState;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.operator.shared.StatusPatch;
import dev.atelier.stage.Stage;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a person's photos into a portrait model: intake, training, evaluation. */
@ControllerConfiguration(name = "headshotmodel")
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 1000,
    intervalMultiplier = 2,
    maxInterval = 60_000)
public final class HeadshotReconciler implements Reconciler<HeadshotModel>, Cleaner<HeadshotModel> {

  private final OperatorSettings settings;
  private final Events events;
  private final HeadshotMetrics metrics;
  private final ErasureMetrics erasures;
  private final Clock clock;
  private @Nullable StageSources<HeadshotModel> sources;

  /** A reconciler for every HeadshotModel. */
  public HeadshotReconciler(
      OperatorSettings settings,
      Events events,
      StageMetrics metrics,
      ErasureMetrics erasures,
      Clock clock) {
    this.settings = settings;
    this.events = events;
    this.metrics = new HeadshotMetrics(metrics);
    this.erasures = erasures;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, HeadshotModel>> prepareEventSources(
      EventSourceContext<HeadshotModel> context) {
    var stages =
        new StageSources<>(
            HeadshotModel.class, "HeadshotModel", settings.progressInterval(), context);
    sources = stages;
    var all = new ArrayList<>(stages.all());
    all.add(RuntimeSources.of(HeadshotModel.class, HeadshotObserved::runtimesOf, context));
    return all;
  }

  @Override
  public UpdateControl<HeadshotModel> reconcile(
      HeadshotModel model, Context<HeadshotModel> context) {
    var now = clock.instant();
    var seen = HeadshotObserved.from(model, context, jobs(model, context));
    var decision = HeadshotDecision.of(model, seen, settings.eraseRetry(), now);
    var next = NextHeadshotStatus.of(model, seen, decision, settings.progressInterval(), now);
    var before = conditions(model);
    // The attempt is on record before its Job exists: a crash in between starts nothing twice.
    boolean news = StatusPatch.write(model, next, context);
    try {
      act(model, seen, decision, new Children(context.getClient(), settings.isolation()));
    } catch (KubernetesClientException e) {
      return refused(model, next, e, context);
    }
    if (news) {
      events.phase(model, before, next.conditions());
      count(model, seen, decision);
    }
    return HeadshotRecheck.after(model, seen, decision, now)
        .map(delay -> UpdateControl.<HeadshotModel>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  /** Nothing wakes the resource when whoever refuses its child changes their mind. */
  private UpdateControl<HeadshotModel> refused(
      HeadshotModel model,
      HeadshotStatus next,
      KubernetesClientException problem,
      Context<HeadshotModel> context) {
    var said = Refusal.of(problem).orElseThrow(() -> problem);
    var before = conditions(model);
    model.setStatus(next);
    var refused = ForgottenHeadshot.leaving(model, Reason.PodRefused, said, clock.instant());
    if (StatusPatch.write(model, refused, context)) {
      events.phase(model, before, refused.conditions());
    }
    return UpdateControl.<HeadshotModel>noUpdate().rescheduleAfter(Refusal.RECHECK);
  }

  @Override
  public DeleteControl cleanup(HeadshotModel model, Context<HeadshotModel> context) {
    var seen = HeadshotObserved.from(model, context, jobs(model, context));
    var status = model.getStatus();
    var step =
        new Deletion(events, erasures, settings.eraseRetry(), clock)
            .next(
                model,
                status != null && status.run() != null,
                seen.jobs(),
                seen.home().map(DiffusionRuntime::getSpec),
                image(seen.home()),
                new Children(context.getClient(), settings.isolation()));
    if (step instanceof Deletion.Step.NotYet later) {
      var next = ForgottenHeadshot.leaving(model, later.reason(), later.message(), clock.instant());
      if (StatusPatch.write(model, next, context)) {
        events.phase(model, conditions(model), next.conditions());
      }
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(later.recheck().toMillis());
    }
    return DeleteControl.defaultDelete();
  }

  private void act(
      HeadshotModel model, HeadshotObserved seen, HeadshotDecision decision, Children children) {
    var namespace = model.getMetadata().getNamespace();
    if (decision instanceof HeadshotDecision.Launch launch) {
      manifests(model, seen, launch.run(), launch.spent().total()).ifPresent(children::apply);
    } else if (decision instanceof HeadshotDecision.Follow follow) {
      restore(model, seen, follow, children);
    } else if (decision instanceof HeadshotDecision.Supersede old) {
      seen.jobs().stoppable(old.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (decision instanceof HeadshotDecision.Suspend suspend) {
      seen.jobs().stoppable(suspend.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (decision instanceof HeadshotDecision.Forget forget) {
      erase(model, seen, forget.step(), "ConsentExpired", children);
    } else if (decision instanceof HeadshotDecision.Move move) {
      erase(model, seen, move.step(), "Moved", children);
    }
  }

  private void restore(
      HeadshotModel model,
      HeadshotObserved seen,
      HeadshotDecision.Follow follow,
      Children children) {
    var job = StageKey.of(Owner.of(model), HeadshotStages.of(follow.run()), follow.run()).jobName();
    if (follow.state() instanceof StageState.Waiting waiting && waiting.misses(job)) {
      long used = HeadshotUsage.gpuSeconds(model.getStatus(), follow.run());
      manifests(model, seen, follow.run(), used).ifPresent(children::restore);
    }
  }

  private Optional<StageChildren> manifests(
      HeadshotModel model, HeadshotObserved seen, RunStatus run, long gpuSecondsUsed) {
    return seen.runtime()
        .map(DiffusionRuntime::getSpec)
        .map(
            runtime ->
                HeadshotManifests.of(model, runtime, run, gpuSecondsUsed, image(seen.runtime())));
  }

  private void erase(
      HeadshotModel model, HeadshotObserved seen, Erasure step, String why, Children children) {
    var namespace = model.getMetadata().getNamespace();
    if (step instanceof Erasure.Stop stop) {
      seen.jobs().stoppable(stop.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (step instanceof Erasure.Again again) {
      children.remove(namespace, again.job());
    } else if (step instanceof Erasure.Launch && seen.home().isPresent()) {
      var status = model.getStatus();
      if (status != null && status.run() != null) {
        children.apply(
            EraseManifests.of(
                StageKey.of(Owner.of(model), Stage.ERASE, status.run()),
                seen.home().get().getSpec(),
                image(seen.home()),
                why,
                true));
      }
    }
  }

  private void count(HeadshotModel model, HeadshotObserved seen, HeadshotDecision decision) {
    var status = model.getStatus();
    var stage =
        status == null || status.run() == null
            ? HeadshotStages.first()
            : HeadshotStages.of(status.run());
    metrics.count(Owner.of(model), seen, decision, stage);
    if (decision instanceof HeadshotDecision.Forget forget) {
      count(model, forget.step());
    }
  }

  private void count(HeadshotModel model, Erasure step) {
    var uid = model.getMetadata().getUid();
    if (step instanceof Erasure.Done) {
      erasures.ended("HeadshotModel", uid, Reason.Erased.name());
    } else {
      erasures.pending(
          uid,
          Objects.requireNonNullElse(
              model.getSpec().subject().consent().expiresAt(), clock.instant()));
    }
  }

  private String image(Optional<DiffusionRuntime> runtime) {
    return runtime.map(found -> found.getSpec().image()).orElse(settings.runtimeImage());
  }

  private JobsSeen jobs(HeadshotModel model, Context<HeadshotModel> context) {
    return Objects.requireNonNull(sources).seen(model, context, clock.instant());
  }

  private static List<Condition> conditions(HeadshotModel model) {
    return model.getStatus() == null ? List.of() : model.getStatus().conditions();
  }
}
