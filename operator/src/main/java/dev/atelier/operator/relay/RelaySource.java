package dev.atelier.operator.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a relay ends: wakes the resources of one controller when those of another change. It knows
 * no resources: who is woken asks the {@link Relay}.
 *
 * @param <R> the kind that changes
 * @param <P> the kind that is woken
 */
public final class RelaySource<R extends HasMetadata, P extends HasMetadata>
    extends AbstractEventSource<R, P> {

  private final Relay<R> relay;
  private final Function<R, Set<ResourceID>> wakes;
  private final OnUpdateFilter<R> news;
  private final Duration patience;

  /**
   * A source, for registration with the controller of {@code P}.
   *
   * @param wakes whom a resource is about
   * @param news whether an update wakes anybody
   */
  public RelaySource(
      Relay<R> relay,
      Function<R, Set<ResourceID>> wakes,
      OnUpdateFilter<R> news,
      EventSourceContext<P> context) {
    this(
        relay,
        wakes,
        news,
        context.getControllerConfiguration().getConfigurationService().cacheSyncTimeout());
  }

  RelaySource(
      Relay<R> relay,
      Function<R, Set<ResourceID>> wakes,
      OnUpdateFilter<R> news,
      Duration patience) {
    super(relay.type());
    this.relay = relay;
    this.wakes = wakes;
    this.news = news;
    this.patience = patience;
    relay.listen(this::changed);
  }

  @Override
  public void start() {
    relay.awaitFilled(patience);
    super.start();
  }

  @Override
  public Set<R> getSecondaryResources(P primary) {
    return Set.of();
  }

  /**
   * Wakes whom the resource was about as well as whom it is about. Before the start nobody is known
   * who could be woken; then all are looked at anyway.
   */
  private void changed(@Nullable R before, @Nullable R now) {
    if (isRunning() && (before == null || now == null || news.accept(now, before))) {
      Stream.of(Stream.ofNullable(before), Stream.ofNullable(now))
          .flatMap(one -> one)
          .flatMap(resource -> wakes.apply(resource).stream())
          .collect(Collectors.toSet())
          .forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }
  }
}
