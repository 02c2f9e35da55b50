package dev.atelier.operator.generation;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Deletion;
import dev.atelier.operator.job.RuntimeSources;
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
import org.jspecify.annotations.Nullable;

/** Draws the pictures of a GenerationJob once. */
@ControllerConfiguration(name = "generationjob")
public final class GenerationReconciler
    implements Reconciler<GenerationJob>, Cleaner<GenerationJob> {

  private final OperatorSettings settings;
  private final Events events;
  private final StageMetrics metrics;
  private final Clock clock;
  private @Nullable StageSources<GenerationJob> sources;

  /** A reconciler for every GenerationJob. */
  public GenerationReconciler(
      OperatorSettings settings, Events events, StageMetrics metrics, Clock clock) {
    this.settings = settings;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, GenerationJob>> prepareEventSources(
      EventSourceContext<GenerationJob> context) {
    var stages =
        new StageSources<>(
            GenerationJob.class, "GenerationJob", settings.progressInterval(), context);
    sources = stages;
    var models = ModelSources.of(context);
    var all = new ArrayList<>(stages.all());
    all.add(models);
    all.add(
        RuntimeSources.of(
            GenerationJob.class,
            job ->
                GenerationModel.runtime(
                    job.getSpec().modelRef(), ModelSources.reference(job).flatMap(models::get)),
            context));
    return all;
  }

  @Override
  public UpdateControl<GenerationJob> reconcile(GenerationJob job, Context<GenerationJob> context) {
    var now = clock.instant();
    var seen = GenerationObserved.from(context, progress());
    var decision = GenerationDecision.of(job, seen, now);
    var next = NextGenerationStatus.of(job, seen, decision, settings.progressInterval(), now);
    var before = conditions(job);
    // The attempt is on record before its Job exists: a crash in between starts nothing twice.
    boolean news = StatusPatch.write(job, next, context);
    act(job, seen, decision, context);
    if (news) {
      events.phase(job, before, next.conditions());
      count(decision);
    }
    return decision instanceof GenerationDecision.Rest rest && !rest.recheck().isZero()
        ? UpdateControl.<GenerationJob>noUpdate().rescheduleAfter(rest.recheck())
        : UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(GenerationJob job, Context<GenerationJob> context) {
    var seen = GenerationObserved.from(context, progress());
    var status = job.getStatus();
    var step =
        new Deletion(events, settings.eraseRetry(), clock)
            .next(
                job,
                status != null && status.run() != null,
                seen.jobs(),
                seen.runtime().map(DiffusionRuntime::getSpec),
                image(seen),
                new Children(context.getClient()));
    if (step instanceof Deletion.Step.NotYet later) {
      StatusPatch.write(
          job,
          NextGenerationStatus.leaving(job, later.reason(), later.message(), clock.instant()),
          context);
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(later.recheck().toMillis());
    }
    return DeleteControl.defaultDelete();
  }

  private void act(
      GenerationJob job,
      GenerationObserved seen,
      GenerationDecision decision,
      Context<GenerationJob> context) {
    var children = new Children(context.getClient());
    var namespace = job.getMetadata().getNamespace();
    if (decision instanceof GenerationDecision.Launch launch) {
      seen.runtime()
          .map(DiffusionRuntime::getSpec)
          .ifPresent(
              runtime ->
                  children.apply(
                      GenerationManifests.of(
                          job, seen.model(), runtime, launch.run(), image(seen))));
    } else if (decision instanceof GenerationDecision.Suspend suspend) {
      seen.jobs().stoppable(suspend.jobs()).forEach(name -> children.stop(namespace, name));
    } else if (decision instanceof GenerationDecision.Expire) {
      context.getClient().resource(job).delete();
    }
  }

  private void count(GenerationDecision decision) {
    if (decision instanceof GenerationDecision.Finish) {
      metrics.finished(Stage.SAMPLE, "Succeeded");
    } else if (decision instanceof GenerationDecision.Fail fail) {
      metrics.finished(Stage.SAMPLE, fail.reason().name());
    }
  }

  private String image(GenerationObserved seen) {
    return seen.runtime().map(runtime -> runtime.getSpec().image()).orElse(settings.runtimeImage());
  }

  private Map<String, Progress> progress() {
    return sources == null ? Map.of() : sources.progress().known();
  }

  private static List<Condition> conditions(GenerationJob job) {
    return job.getStatus() == null ? List.of() : job.getStatus().conditions();
  }
}
