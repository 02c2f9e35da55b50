package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Watches what another project defines, and a cluster may lack: from the start where it is there,
 * else as soon as it is asked for and has come.
 */
public final class OptionalSource<R extends HasMetadata, P extends HasMetadata> {

  private final Function<KubernetesClient, Optional<InformerEventSource<R, P>>> making;
  private Optional<InformerEventSource<R, P>> source = Optional.empty();

  /**
   * A source that is not watched yet.
   *
   * @param making makes the source, if the API server knows the definition
   */
  public OptionalSource(Function<KubernetesClient, Optional<InformerEventSource<R, P>>> making) {
    this.making = making;
  }

  /** A source of a kind that the API server may not know. */
  public static <R extends HasMetadata, P extends HasMetadata> OptionalSource<R, P> of(
      Class<R> kind, Supplier<InformerEventSource<R, P>> making) {
    return new OptionalSource<>(
        client -> client.supports(kind) ? Optional.of(making.get()) : Optional.empty());
  }

  /** The source, for registration, where the cluster has the definition. */
  public synchronized Optional<EventSource<R, P>> atStart(KubernetesClient client) {
    source = making.apply(client);
    return source.map(found -> found);
  }

  /** The source; as long as there is none the API server is asked for the definition. */
  public synchronized Optional<InformerEventSource<R, P>> find(Context<P> context) {
    if (source.isEmpty()) {
      source = making.apply(context.getClient());
      source.ifPresent(context.eventSourceRetriever()::dynamicallyRegisterEventSource);
    }
    return source;
  }

  /** The source, where it is watched. */
  public synchronized Optional<InformerEventSource<R, P>> watched() {
    return source;
  }
}
