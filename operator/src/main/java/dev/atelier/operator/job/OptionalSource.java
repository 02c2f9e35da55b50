package dev.atelier.operator.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Watches what another project defines, and a cluster may lack: from the start where it is there,
 * else as soon as it is asked for and has come.
 */
final class OptionalSource<R extends HasMetadata, P extends HasMetadata> {

  private final Predicate<KubernetesClient> served;
  private final InformerEventSource<R, P> source;
  private boolean watching;

  /**
   * A source that is not watched yet.
   *
   * @param served whether the API server knows the definition
   */
  OptionalSource(Predicate<KubernetesClient> served, InformerEventSource<R, P> source) {
    this.served = served;
    this.source = source;
  }

  /** The source, for registration, where the cluster has the definition. */
  synchronized Optional<EventSource<R, P>> atStart(KubernetesClient client) {
    watching = served.test(client);
    return watching ? Optional.of(source) : Optional.empty();
  }

  /** Whether there is anything to see; asks the API server as long as there is not. */
  synchronized boolean available(Context<P> context) {
    if (!watching && served.test(context.getClient())) {
      context.eventSourceRetriever().dynamicallyRegisterEventSource(source);
      watching = true;
    }
    return watching;
  }

  /** The source, where it is watched. */
  synchronized Optional<InformerEventSource<R, P>> watched() {
    return watching ? Optional.of(source) : Optional.empty();
  }
}
