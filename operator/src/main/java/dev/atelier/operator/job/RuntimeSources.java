package dev.atelier.operator.job;

import dev.atelier.api.DiffusionRuntime;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Wakes resources when the DiffusionRuntime that they refer to changes. */
public final class RuntimeSources {

  private RuntimeSources() {}

  /**
   * The source for one kind.
   *
   * @param reference names the runtime of a resource, if it refers to one
   */
  public static <P extends HasMetadata> EventSource<DiffusionRuntime, P> of(
      Class<P> type, Function<P, Optional<String>> reference, EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(DiffusionRuntime.class, type)
            .withWatchAllNamespaces()
            .withPrimaryToSecondaryMapper(
                (P resource) ->
                    reference.apply(resource).map(ResourceID::new).map(Set::of).orElse(Set.of()))
            .withSecondaryToPrimaryMapper(
                runtime -> referring(runtime.getMetadata().getName(), reference, context))
            .build(),
        context);
  }

  private static <P extends HasMetadata> Set<ResourceID> referring(
      String runtime, Function<P, Optional<String>> reference, EventSourceContext<P> context) {
    return context
        .getPrimaryCache()
        .list(resource -> reference.apply(resource).filter(runtime::equals).isPresent())
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
