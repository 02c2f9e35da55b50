package dev.atelier.operator.job;

import dev.atelier.api.DiffusionRuntime;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Objects;
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
   * @param references names the runtimes of a resource: of its spec, and of the run that it started
   */
  public static <P extends HasMetadata> EventSource<DiffusionRuntime, P> of(
      Class<P> type, Function<P, Set<String>> references, EventSourceContext<P> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(DiffusionRuntime.class, type)
            .withWatchAllNamespaces()
            .withPrimaryToSecondaryMapper(
                (P resource) ->
                    references.apply(resource).stream()
                        .map(ResourceID::new)
                        .collect(Collectors.toSet()))
            .withSecondaryToPrimaryMapper(
                runtime -> referring(runtime.getMetadata().getName(), references, context))
            .withOnUpdateFilter(RuntimeSources::matters)
            .build(),
        context);
  }

  /** The runtime of that name among those that a resource refers to. */
  public static Optional<DiffusionRuntime> named(String name, Context<?> context) {
    return context.getSecondaryResources(DiffusionRuntime.class).stream()
        .filter(runtime -> runtime.getMetadata().getName().equals(name))
        .findFirst();
  }

  /** How many use it does not: else each one more would wake all others. */
  static boolean matters(DiffusionRuntime runtime, DiffusionRuntime before) {
    return !Objects.equals(runtime.getSpec(), before.getSpec())
        || !Objects.equals(
            runtime.getMetadata().getDeletionTimestamp(),
            before.getMetadata().getDeletionTimestamp())
        || !conditions(runtime).equals(conditions(before));
  }

  private static List<Condition> conditions(DiffusionRuntime runtime) {
    return runtime.getStatus() == null ? List.of() : runtime.getStatus().conditions();
  }

  private static <P extends HasMetadata> Set<ResourceID> referring(
      String runtime, Function<P, Set<String>> references, EventSourceContext<P> context) {
    return context
        .getPrimaryCache()
        .list(resource -> references.apply(resource).contains(runtime))
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }
}
