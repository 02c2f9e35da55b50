package dev.atelier.operator.video;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.Reason;
import dev.atelier.api.VideoGenerator;
import dev.atelier.api.VideoGeneratorStatus;
import dev.atelier.operator.shared.Events;
import dev.atelier.operator.shared.StatusPatch;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Says of every VideoGenerator that this release does not run it. */
@ControllerConfiguration(name = "videogenerator")
public final class VideoReconciler implements Reconciler<VideoGenerator> {

  private static final String MESSAGE =
      "this release trains portrait models and draws pictures; it does not run VideoGenerators yet, and starts nothing for this one";

  private final Events events;
  private final Clock clock;

  /** A reconciler for every VideoGenerator. */
  public VideoReconciler(Events events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public UpdateControl<VideoGenerator> reconcile(
      VideoGenerator video, Context<VideoGenerator> context) {
    long generation = Objects.requireNonNullElse(video.getMetadata().getGeneration(), 0L);
    var before = video.getStatus() == null ? List.<Condition>of() : video.getStatus().conditions();
    var conditions =
        ConditionSet.of(before, generation, clock.instant())
            .no(ConditionType.Ready, Reason.NotSupported, MESSAGE)
            .yes(ConditionType.Stalled, Reason.NotSupported, MESSAGE)
            .toList();
    var next =
        new VideoGeneratorStatus(
            generation, conditions, null, null, null, null, null, List.of(), null, null);
    if (StatusPatch.write(video, next, context)) {
      events.phase(video, before, conditions);
    }
    return UpdateControl.noUpdate();
  }
}
