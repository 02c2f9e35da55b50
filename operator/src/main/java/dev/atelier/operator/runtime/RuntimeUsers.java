package dev.atelier.operator.runtime;

import dev.atelier.api.DiffusionRuntime;
import dev.atelier.api.GenerationJob;
import dev.atelier.api.HeadshotModel;
import dev.atelier.api.ModelRef;
import dev.atelier.api.RunStatus;
import dev.atelier.api.RuntimeRef;
import dev.atelier.api.VideoGenerator;
import dev.atelier.operator.relay.Relay;
import dev.atelier.operator.relay.RelaySource;
import dev.atelier.operator.relay.Relays;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a DiffusionRuntime: who names it, and whose files are on its storage. What a newer
 * version wrote may lack fields that are required today.
 */
record RuntimeUsers(Relays relays) {

  private static final String BY_RUNTIME = "runtime";

  /** Wakes the runtimes whose users become others or more or fewer, for registration. */
  List<EventSource<?, DiffusionRuntime>> all(EventSourceContext<DiffusionRuntime> context) {
    return List.of(
        of(relays.headshots(), RuntimeUsers::names, context),
        of(relays.videos(), RuntimeUsers::names, context),
        of(relays.jobs(), RuntimeUsers::names, context));
  }

  /** How many use it, as the caches know. */
  int count(DiffusionRuntime runtime) {
    var name = runtime.getMetadata().getName();
    return Stream.of(relays.headshots(), relays.videos(), relays.jobs())
        .mapToInt(users -> users.byIndex(BY_RUNTIME, name).size())
        .sum();
  }

  /**
   * How far users are is no news: with thousands at work a runtime would count them without an end.
   */
  private static <R extends HasMetadata> EventSource<R, DiffusionRuntime> of(
      Relay<R> users,
      Function<R, Set<String>> names,
      EventSourceContext<DiffusionRuntime> context) {
    users.index(BY_RUNTIME, user -> List.copyOf(names.apply(user)));
    return new RelaySource<>(
        users,
        user -> names.apply(user).stream().map(ResourceID::new).collect(Collectors.toSet()),
        (user, before) -> !names.apply(user).equals(names.apply(before)),
        context);
  }

  private static Set<String> names(HeadshotModel model) {
    var status = model.getStatus();
    return names(
        model.getSpec() == null ? null : model.getSpec().runtimeRef(),
        status == null ? null : status.run());
  }

  private static Set<String> names(VideoGenerator video) {
    var status = video.getStatus();
    return names(
        video.getSpec() == null ? null : video.getSpec().runtimeRef(),
        status == null ? null : status.run());
  }

  private static Set<String> names(GenerationJob job) {
    var status = job.getStatus();
    var reference = job.getSpec() == null ? null : job.getSpec().modelRef();
    var direct =
        reference != null && reference.kind() == ModelRef.Kind.DiffusionRuntime
            ? new RuntimeRef(reference.name())
            : null;
    return names(direct, status == null ? null : status.run());
  }

  private static Set<String> names(@Nullable RuntimeRef reference, @Nullable RunStatus run) {
    return Stream.concat(
            Stream.ofNullable(reference).map(RuntimeRef::name),
            Stream.ofNullable(run).flatMap(one -> Stream.ofNullable(one.runtime())))
        .collect(Collectors.toSet());
  }
}
