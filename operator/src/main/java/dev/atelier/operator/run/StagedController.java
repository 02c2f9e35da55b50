package dev.atelier.operator.run;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.Reason;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Deletion;
import dev.atelier.operator.job.Erasure;
import dev.atelier.operator.job.RuntimeSources;
import dev.atelier.operator.job.StageSources;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.relay.Relay;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.Refusal;
import dev.atelier.operator.shared.StatusPatch;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flow of every resource that runs through stages: observe, decide, tell, act. */
public final class StagedController<P extends CustomResource<?, S>, S> {

  private final StagedKind<P, S> kind;
  private final Relay<P> relay;
  private final RunCompanion<P> companion;
  private final OperatorSettings settings;
  private final Events events;
  private final RunMetrics metrics;
  private final ErasureMetrics erasures;
  private final Clock clock;
  private @Nullable StageSources<P> sources;

  /** A controller for one kind, which tells others of it, and what it has beside its runs. */
  public StagedController(
      StagedKind<P, S> kind,
      Relay<P> relay,
      RunCompanion<P> companion,
      OperatorSettings settings,
      Events events,
      StageMetrics metrics,
      ErasureMetrics erasures,
      Clock clock) {
    this.kind = kind;
    this.relay = relay;
    this.companion = companion;
    this.settings = settings;
    this.events = events;
    this.metrics = new RunMetrics(kind.name(), metrics);
    this.erasures = erasures;
    this.clock = clock;
  }

  /** What wakes a resource. */
  public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    var stages = new StageSources<>(kind.type(), kind.name(), settings.progressInterval(), context);
    sources = stages;
    var all = new ArrayList<EventSource<?, P>>(stages.all(context.getClient()));
    all.add(RuntimeSources.of(kind.type(), this::runtimesOf, context));
    all.add(relay.feed(context));
    all.addAll(companion.eventSources(context));
    return all;
  }

  /** One reconciliation. */
  public UpdateControl<P> reconcile(P resource, Context<P> context) {
    var now = clock.instant();
    var staged = kind.of(resource);
    var seen = observed(resource, staged, context);
    var decision = RunDecision.of(staged, seen, settings.eraseRetry(), now);
    var next = NextRunStatus.of(staged, seen, decision, settings.progressInterval(), now);
    var step =
        companion.next(resource, new RunCompanion.Turn(staged, seen, decision, next, now), context);
    // The attempt is on record before its Job exists: a crash in between starts nothing twice.
    boolean news = StatusPatch.write(resource, kind.status(resource, step.status()), context);
    if (news) {
      count(staged, seen, decision);
    }
    var refused = act(resource, staged, seen, decision, step, context);
    if (refused.isPresent()) {
      return refused(resource, step.status(), refused.get(), news, context);
    }
    if (news) {
      events.phase(resource, conditions(staged), next.conditions());
    }
    return RunRecheck.after(staged, seen, decision, now)
        .map(delay -> UpdateControl.<P>noUpdate().rescheduleAfter(delay))
        .orElseGet(UpdateControl::noUpdate);
  }

  /** Does both: what is refused to one may be what the other gives back, such as quota. */
  private Optional<StagedStatus> act(
      P resource,
      Staged staged,
      RunObserved seen,
      RunDecision decision,
      RunCompanion.Step step,
      Context<P> context) {
    var now = clock.instant();
    Optional<StagedStatus> refused = Optional.empty();
    var acts = acts(resource, staged, context);
    try {
      acts.act(seen, decision);
      acts.tidy(RunLeftovers.of(staged, seen, decision, now));
    } catch (Refusal e) {
      var told = staged.told(step.status());
      refused = Optional.of(ForgottenRun.leaving(told, Reason.PodRefused, e.said(), now));
    }
    try {
      step.act(new Children(context.getClient(), settings.isolation()));
    } catch (Refusal e) {
      refused = Optional.of(step.refused(refused.orElse(step.status()), e));
    }
    return refused;
  }

  /** Nothing wakes the resource when whoever refuses its child changes their mind. */
  private UpdateControl<P> refused(
      P resource, StagedStatus next, StagedStatus refused, boolean news, Context<P> context) {
    var before = conditions(kind.of(resource));
    resource.setStatus(kind.status(resource, next));
    if (StatusPatch.write(resource, kind.status(resource, refused), context) || news) {
      events.phase(resource, before, refused.conditions());
    }
    return UpdateControl.<P>noUpdate().rescheduleAfter(Refusal.RECHECK);
  }

  /** One step of taking leave. */
  public DeleteControl cleanup(P resource, Context<P> context) {
    var staged = kind.of(resource);
    companion.leave(resource, context);
    var seen = observed(resource, staged, context);
    var status = staged.status();
    var step =
        new Deletion(events, erasures, settings.eraseRetry(), clock)
            .next(
                resource,
                status != null && status.run() != null,
                seen.jobs(),
                seen.home().map(DiffusionRuntime::getSpec),
                seen.home().map(found -> found.getSpec().image()).orElse(settings.runtimeImage()),
                new Children(context.getClient(), settings.isolation()));
    if (step instanceof Deletion.Step.NotYet later) {
      var next = ForgottenRun.leaving(staged, later.reason(), later.message(), clock.instant());
      if (StatusPatch.write(resource, kind.status(resource, next), context)) {
        events.phase(resource, conditions(staged), next.conditions());
      }
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(later.recheck().toMillis());
    }
    return DeleteControl.defaultDelete();
  }

  private RunActs<P> acts(P resource, Staged staged, Context<P> context) {
    return new RunActs<>(
        kind,
        resource,
        staged,
        new Children(context.getClient(), settings.isolation()),
        settings.runtimeImage());
  }

  private Set<String> runtimesOf(P resource) {
    return Stream.concat(
            Stream.ofNullable(resource.getSpec()).flatMap(spec -> kind.runtime(resource).stream()),
            kind.home(resource).stream())
        .collect(Collectors.toSet());
  }

  private void count(Staged staged, RunObserved seen, RunDecision decision) {
    var status = staged.status();
    var spec = staged.spec();
    var stage = status == null || status.run() == null ? spec.first() : spec.stage(status.run());
    metrics.count(staged, seen, decision, stage);
    if (decision instanceof RunDecision.Forget forget) {
      count(staged, forget.step());
    }
  }

  private void count(Staged staged, Erasure step) {
    var uid = staged.owner().uid();
    if (step instanceof Erasure.Done) {
      erasures.ended(kind.name(), uid, Reason.Erased.name());
    } else {
      erasures.pending(uid, staged.spec().expiresAt().orElse(clock.instant()));
    }
  }

  private RunObserved observed(P resource, Staged staged, Context<P> context) {
    var stages = Objects.requireNonNull(sources);
    boolean jobSets = staged.spec().nodes() > 1 && stages.jobSets(context);
    return RunObserved.from(
        staged,
        context,
        stages.seen(resource, context, clock.instant()).beside(companion.alive(resource, context)),
        jobSets);
  }

  private static List<Condition> conditions(Staged staged) {
    return Optional.ofNullable(staged.status()).map(StagedStatus::conditions).orElse(List.of());
  }
}
