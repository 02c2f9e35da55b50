package dev.atelier.operator.runtime;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.Reason;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.StatusPatch;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says whether a DiffusionRuntime can be used, and by how many it is. */
@ControllerConfiguration(name = "diffusionruntime")
public final class RuntimeReconciler implements Reconciler<DiffusionRuntime> {

  private final OperatorSettings settings;
  private final Events events;
  private final Clock clock;

  /** A reconciler for every DiffusionRuntime. */
  public RuntimeReconciler(OperatorSettings settings, Events events, Clock clock) {
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, DiffusionRuntime>> prepareEventSources(
      EventSourceContext<DiffusionRuntime> context) {
    return List.of(
        users(HeadshotModel.class, RuntimeUsers::of, context),
        users(VideoGenerator.class, RuntimeUsers::of, context),
        users(GenerationJob.class, RuntimeUsers::of, context));
  }

  @Override
  public UpdateControl<DiffusionRuntime> reconcile(
      DiffusionRuntime runtime, Context<DiffusionRuntime> context) {
    var decision =
        UnknownValues.of(runtime)
            .map(values -> new RuntimeDecision(false, Reason.NotSupported, values))
            .orElseGet(() -> RuntimeDecision.of(runtime.getSpec(), settings.runtimeImage()));
    var next =
        NextRuntimeStatus.of(runtime, RuntimeObserved.from(context), decision, clock.instant());
    var before =
        runtime.getStatus() == null ? List.<Condition>of() : runtime.getStatus().conditions();
    if (StatusPatch.write(runtime, next, context)) {
      events.phase(runtime, before, next.conditions());
    }
    return UpdateControl.noUpdate();
  }

  /**
   * Users live in namespaces though runtimes do not, and an operator may watch only some. How far
   * they are is no news: with thousands at work a runtime would count them without an end.
   */
  private <R extends HasMetadata> EventSource<R, DiffusionRuntime> users(
      Class<R> type,
      Function<R, Set<String>> reference,
      EventSourceContext<DiffusionRuntime> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, DiffusionRuntime.class)
            .withNamespaces(watched())
            .withSecondaryToPrimaryMapper(
                user ->
                    reference.apply(user).stream().map(ResourceID::new).collect(Collectors.toSet()))
            .withOnUpdateFilter(
                (user, before) -> !reference.apply(user).equals(reference.apply(before)))
            .build(),
        context);
  }

  private Set<String> watched() {
    return settings.namespaces().isEmpty()
        ? Constants.WATCH_ALL_NAMESPACE_SET
        : settings.namespaces();
  }
}
