package dev.atelier.operator.runtime;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.Reason;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.relay.Relays;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.StatusPatch;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;

/** Says whether a DiffusionRuntime can be used, and by how many it is. */
@ControllerConfiguration(name = "diffusionruntime")
public final class RuntimeReconciler implements Reconciler<DiffusionRuntime> {

  private final RuntimeUsers users;
  private final OperatorSettings settings;
  private final Events events;
  private final Clock clock;

  /** A reconciler for every DiffusionRuntime. */
  public RuntimeReconciler(Relays relays, OperatorSettings settings, Events events, Clock clock) {
    this.users = new RuntimeUsers(relays);
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, DiffusionRuntime>> prepareEventSources(
      EventSourceContext<DiffusionRuntime> context) {
    return users.all(context);
  }

  @Override
  public UpdateControl<DiffusionRuntime> reconcile(
      DiffusionRuntime runtime, Context<DiffusionRuntime> context) {
    var decision =
        UnknownValues.of(runtime)
            .map(values -> new RuntimeDecision(false, Reason.NotSupported, values))
            .orElseGet(() -> RuntimeDecision.of(runtime.getSpec(), settings.runtimeImage()));
    var next =
        NextRuntimeStatus.of(
            runtime, new RuntimeObserved(users.count(runtime)), decision, clock.instant());
    var before =
        runtime.getStatus() == null ? List.<Condition>of() : runtime.getStatus().conditions();
    if (StatusPatch.write(runtime, next, context)) {
      events.phase(runtime, before, next.conditions());
    }
    return UpdateControl.noUpdate();
  }
}
