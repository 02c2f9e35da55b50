package dev.atelier.operator.relay;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/**
 * Where a relay begins: registered with the kind's own controller, which tells it of its resources
 * and starts it as soon as its cache is filled. It wakes nothing.
 */
final class RelayFeed<R extends HasMetadata> extends AbstractEventSource<R, R>
    implements ResourceEventAware<R> {

  private final Relay<R> relay;

  RelayFeed(Class<R> type, Relay<R> relay) {
    super(type, "relay");
    this.relay = relay;
  }

  @Override
  public void start() {
    super.start();
    relay.filled();
  }

  @Override
  public void onResourceCreated(R resource) {
    relay.changed(null, resource);
  }

  @Override
  public void onResourceUpdated(R resource, R before) {
    relay.changed(before, resource);
  }

  @Override
  public void onResourceDeleted(R resource) {
    relay.changed(resource, null);
  }

  @Override
  public Set<R> getSecondaryResources(R primary) {
    return Set.of();
  }
}
