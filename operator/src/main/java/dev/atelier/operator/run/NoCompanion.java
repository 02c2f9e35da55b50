package dev.atelier.operator.run;

import dev.atelier.operator.job.Children;
import dev.atelier.operator.shared.Refusal;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Of kinds that have runs and nothing else. */
final class NoCompanion<P extends CustomResource<?, ?>> implements RunCompanion<P> {

  @Override
  public List<EventSource<?, P>> eventSources(EventSourceContext<P> context) {
    return List.of();
  }

  @Override
  public boolean alive(P resource, Context<P> context) {
    return false;
  }

  @Override
  public Step next(P resource, Turn turn, Context<P> context) {
    return new Pause(turn.next());
  }

  @Override
  public void leave(P resource, Context<P> context) {}

  private record Pause(StagedStatus status) implements Step {

    @Override
    public void act(Children children) {}

    @Override
    public StagedStatus refused(StagedStatus status, Refusal refusal) {
      return status;
    }
  }
}
