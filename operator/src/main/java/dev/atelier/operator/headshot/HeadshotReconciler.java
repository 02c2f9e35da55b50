package dev.atelier.operator.headshot;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Deletion;
import dev.atelier.operator.job.EraseManifests;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.job.RuntimeSources;
import dev.atelier.operator.job.StageKey;
import dev.atelier.operator.job.StageSources;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.StageMetrics;
import dev.atelier.operator.shared.StatusPatch;
import dev.atelier.stage.Progress;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a person's photos into a portrait model: intake, training, evaluation. */
@ControllerConfiguration(name = "headshotmodel")
public final class HeadshotReconciler implements Reconciler<HeadshotModel>, Cleaner<HeadshotModel> {

  private final OperatorSettings settings;
  private final Events events;
  private final StageMetrics metrics;
  private final Clock clock;
  private @Nullable StageSources<HeadshotModel> sources;

  /** A reconciler for every HeadshotModel. */
  public HeadshotReconciler(
      OperatorSettings settings, Events events, StageMetrics metrics, Clock clock) {
    this.settings = settings;
    this.events = events;
    this.metrics = metrics;
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
    all.add(
        RuntimeSources.of(
            HeadshotModel.class,
            model -> Optional.of(model.getSpec().runtimeRef().name()),
            context));
    return all;
  }

  @Override
  public UpdateControl<HeadshotModel> reconcile(
      HeadshotModel model, Context<HeadshotModel> context) {
    var now = clock.instant();
    var seen = HeadshotObserved.from(context, progress());
    var decision = HeadshotDecision.of(model, seen, settings.eraseRetry(), now);
    var next = NextHeadshotStatus.of(model, seen, decision, settings.progressInterval(), now);
    var before = conditions(model);
    // The attempt is on record before its Job exists: a crash in between starts nothing twice.
    boolean news = StatusPatch.write(model, next, context);
    act(model, seen, decision, new Children(context.getClient()));
    if (news) {
      events.phase(model, before, next.conditions());
      count(decision);
    }
    return HeadshotRecheck.after(model, decision, now)
        .map(delay -> UpdateControl.<HeadshotModel>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  @Override
  public DeleteControl cleanup(HeadshotModel model, Context<HeadshotModel> context) {
    var seen = HeadshotObserved.from(context, progress());
    var status = model.getStatus();
    var step =
        new Deletion(events, settings.eraseRetry(), clock)
            .next(
                model,
                status != null && status.run() != null,
                seen.jobs(),
                seen.runtime().map(DiffusionRuntime::getSpec),
                image(seen),
                new Children(context.getClient()));
    if (step instanceof Deletion.Step.NotYet later) {
      StatusPatch.write(
          model,
          ForgottenHeadshot.leaving(model, later.reason(), later.message(), clock.instant()),
          context);
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(later.recheck().toMillis());
    }
    return DeleteControl.defaultDelete();
  }

  private void act(
      HeadshotModel model, HeadshotObserved seen, HeadshotDecision decision, Children children) {
    var namespace = model.getMetadata().getNamespace();
    if (decision instanceof HeadshotDecision.Launch launch) {
      seen.runtime()
          .map(DiffusionRuntime::getSpec)
          .ifPresent(
              runtime ->
                  children.apply(HeadshotManifests.of(model, runtime, launch.run(), image(seen))));
    } else if (decision instanceof HeadshotDecision.Supersede old) {
      seen.jobs().stoppable(old.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (decision instanceof HeadshotDecision.Suspend suspend) {
      seen.jobs().stoppable(suspend.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (decision instanceof HeadshotDecision.Forget forget) {
      erase(model, seen, forget.step(), children);
    }
  }

  private void erase(HeadshotModel model, HeadshotObserved seen, Erasure step, Children children) {
    var namespace = model.getMetadata().getNamespace();
    if (step instanceof Erasure.Stop stop) {
      seen.jobs().stoppable(stop.jobs()).forEach(job -> children.stop(namespace, job));
    } else if (step instanceof Erasure.Again again) {
      children.remove(namespace, again.job());
    } else if (step instanceof Erasure.Launch && seen.runtime().isPresent()) {
      var status = model.getStatus();
      if (status != null && status.run() != null) {
        children.apply(
            EraseManifests.of(
                StageKey.of(Owner.of(model), Stage.ERASE, status.run()),
                seen.runtime().get().getSpec(),
                image(seen),
                "ConsentExpired",
                true));
      }
    }
  }

  private void count(HeadshotDecision decision) {
    if (decision instanceof HeadshotDecision.Finish finish) {
      metrics.finished(HeadshotStages.of(finish.run()), "Succeeded");
    } else if (decision instanceof HeadshotDecision.Fail fail) {
      metrics.finished(HeadshotStages.of(fail.run()), fail.reason().name());
    }
  }

  private String image(HeadshotObserved seen) {
    return seen.runtime().map(runtime -> runtime.getSpec().image()).orElse(settings.runtimeImage());
  }

  private Map<String, Progress> progress() {
    return sources == null ? Map.of() : sources.progress().known();
  }

  private static List<Condition> conditions(HeadshotModel model) {
    return model.getStatus() == null ? List.of() : model.getStatus().conditions();
  }
}
