package dev.atelier.operator.video;

import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.OperatorSettings;
import dev.atelier.operator.metrics.ErasureMetrics;
import dev.atelier.operator.metrics.StageMetrics;
import dev.atelier.operator.relay.Relay;
import dev.atelier.operator.run.StagedController;
import dev.atelier.operator.serving.Serving;
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

/** Prepares the clips of a VideoGenerator, tunes its model and tries it. */
@ControllerConfiguration(name = "videogenerator")
public final class VideoReconciler implements Reconciler<VideoGenerator>, Cleaner<VideoGenerator> {

  private final StagedController<VideoGenerator, VideoGeneratorStatus> controller;

  /** A reconciler for every VideoGenerator, which tells others of them. */
  public VideoReconciler(
      Relay<VideoGenerator> relay,
      OperatorSettings settings,
      Events events,
      StageMetrics metrics,
      ErasureMetrics erasures,
      Clock clock) {
    this.controller =
        new StagedController<>(
            new VideoKind(),
            relay,
            new Serving(settings.runtimeImage(), settings.isolation()),
            settings,
            events,
            metrics,
            erasures,
            clock);
  }

  @Override
  public List<EventSource<?, VideoGenerator>> prepareEventSources(
      EventSourceContext<VideoGenerator> context) {
    return controller.eventSources(context);
  }

  @Override
  public UpdateControl<VideoGenerator> reconcile(
      VideoGenerator video, Context<VideoGenerator> context) {
    return controller.reconcile(video, context);
  }

  @Override
  public DeleteControl cleanup(VideoGenerator video, Context<VideoGenerator> context) {
    return controller.cleanup(video, context);
  }
}
