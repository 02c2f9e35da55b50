package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Watches what another project defines, and a cluster may lack: from the start where it is there,
 * else as soon as it is asked for and has come.
 */
public final class OptionalSource<R extends HasMetadata, P extends HasMetadata> {

  private final Predicate<KubernetesClient> served;
  private final Supplier<InformerEventSource<R, P>> making;
  private Optional<InformerEventSource<R, P>> source = Optional.empty();

  /**
   * A source that is not watched yet.
   *
   * @param served whether the API server knows the definition
   * @param making makes the source, which cannot be made without the definition
   */
  public OptionalSource(
      Predicate<KubernetesClient> served, Supplier<InformerEventSource<R, P>> making) {
    this.served = served;
    this.making = making;
  }

  /** The source, for registration, where the cluster has the definition. */
  public synchronized Optional<EventSource<R, P>> atStart(KubernetesClient client) {
    if (served.test(client)) {
      source = Optional.of(making.get());
    }
    return source.map(found -> found);
  }

  /** The source; as long as there is none the API server is asked for the definition. */
  public synchronized Optional<InformerEventSource<R, P>> find(Context<P> context) {
    if (source.isEmpty() && served.test(context.getClient())) {
      var made = making.get();
      context.eventSourceRetriever().dynamicallyRegisterEventSource(made);
      source = Optional.of(made);
    }
    return source;
  }

  /** The source, where it is watched. */
  public synchronized Optional<InformerEventSource<R, P>> watched() {
    return source;
  }
}
