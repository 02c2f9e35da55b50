package dev.atelier.operator.headshot;

import dev.atelier.api.HeadshotModel;
import dev.atelier.api.HeadshotStatus;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.relay.Relay;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.StagedController;
import dev.atelier.operator.shared.Events;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;

/** Turns a person's photos into a portrait model: intake, training, evaluation. */
@ControllerConfiguration(name = "headshotmodel")
public final class HeadshotReconciler implements Reconciler<HeadshotModel>, Cleaner<HeadshotModel> {

  private final StagedController<HeadshotModel, HeadshotStatus> controller;

  /** A reconciler for every HeadshotModel, which tells others of them. */
  public HeadshotReconciler(
      Relay<HeadshotModel> relay,
      OperatorSettings settings,
      Events events,
      StageMetrics metrics,
      ErasureMetrics erasures,
      Clock clock) {
    this.controller =
        new StagedController<>(
            new HeadshotKind(),
            relay,
            RunCompanion.none(),
            settings,
            events,
            metrics,
            erasures,
            clock);
  }

  @Override
  public List<EventSource<?, HeadshotModel>> prepareEventSources(
      EventSourceContext<HeadshotModel> context) {
    return controller.eventSources(context);
  }

  @Override
  public UpdateControl<HeadshotModel> reconcile(
      HeadshotModel model, Context<HeadshotModel> context) {
    return controller.reconcile(model, context);
  }

  @Override
  public DeleteControl cleanup(HeadshotModel model, Context<HeadshotModel> context) {
    return controller.cleanup(model, context);
  }
}
