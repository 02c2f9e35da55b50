package dev.atelier.operator.serving;

import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.job.Children;
import dev.atelier.operator.job.Isolation;
import dev.atelier.operator.job.Owner;
import dev.atelier.operator.run.RunCompanion;
import dev.atelier.operator.run.StagedStatus;
import dev.atelier.operator.shared.Refusal;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Serves the published model of a VideoGenerator, beside the runs that make it. */
public final class Serving implements RunCompanion<VideoGenerator> {

  private final String image;
  private final Optional<Isolation> isolation;
  private @Nullable ServingSources sources;

  /**
   * @param image of pods whose DiffusionRuntime names none
   * @param isolation how pods are fenced off
   */
  public Serving(String image, Optional<Isolation> isolation) {
    this.image = image;
    this.isolation = isolation;
  }

  @Override
  public List<EventSource<?, VideoGenerator>> eventSources(
      EventSourceContext<VideoGenerator> context) {
    var all = new ServingSources(context);
    sources = all;
    return all.all(context.getClient());
  }

  @Override
  public boolean alive(VideoGenerator video, Context<VideoGenerator> context) {
    return seen(video, context).alive();
  }

  @Override
  public Step next(VideoGenerator video, Turn turn, Context<VideoGenerator> context) {
    var seen = seen(video, context);
    var decision = ServingDecision.of(video, turn, seen, image, isolation);
    return new Move(
        turn,
        decision,
        ServingStatus.of(video.getSpec(), turn, seen, decision),
        acts(video, seen, context));
  }

  @Override
  public void leave(VideoGenerator video, Context<VideoGenerator> context) {
    acts(video, seen(video, context), context).stop();
  }

  private ServingActs acts(
      VideoGenerator video, ServingSeen seen, Context<VideoGenerator> context) {
    return new ServingActs(context.getClient(), Owner.of(video), seen, isolation.isPresent());
  }

  private ServingSeen seen(VideoGenerator video, Context<VideoGenerator> context) {
    return Objects.requireNonNull(sources).seen(video, context);
  }

  private record Move(Turn turn, ServingDecision decision, StagedStatus status, ServingActs acts)
      implements Step {

    @Override
    public void act(Children children) {
      acts.act(decision, children);
    }

    @Override
    public StagedStatus refused(StagedStatus status, Refusal refusal) {
      return ServingStatus.refused(turn, status, refusal.said());
    }
  }
}
